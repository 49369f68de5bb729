package org.latentmim.target;

import static org.bytedeco.pytorch.global.torch.make_generator_cpu;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.randn_like;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.patch.PatchGrid;
import org.latentmim.pipeline.Assembly;
import org.latentmim.pipeline.TinyRecipe;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Progress;
import org.latentmim.spi.TargetUpdater;

/** A small run whose target is as a recipe says, and a batch of its own shape: 4 patches visible, 6 masked, 2 omitted. */
record TinyTarget(Assembly run, TargetUpdater updater) {

    static final Progress START = new Progress(0, 10, 0, 10, 1);

    /**
     * @param target the node of the recipe
     * @param overrides other changes of the recipe
     */
    static TinyTarget of(String target, String... overrides) {
        String[] all = Stream.concat(Stream.of("target=" + target), Stream.of(overrides)).toArray(String[]::new);
        Assembly run = Assembly.of(TinyRecipe.with(all));
        return new TinyTarget(run, run.objectives().get(0).target());
    }

    static TinyTarget on(PatchGrid grid, String target) {
        return of(target, "grid.rows=" + grid.rows(), "grid.columns=" + grid.columns(),
                "grid.patch-size=" + grid.patchSize(), "grid.gap=" + grid.gap());
    }

    Encoder online() {
        return run.onlineEncoder();
    }

    /** The encoder of the target side. */
    Encoder encoder() {
        return updater.encoder().orElseThrow();
    }

    Tensor targets() {
        return updater.targets(patches());
    }

    MaskedPatches patches() {
        PatchGrid grid = run.grid();
        Tensor values = randn(new long[] {2, grid.size(), grid.valuesPerPatch()}, new GeneratorOptional(make_generator_cpu(7)),
                new TensorOptions(ScalarType.Float));
        return new MaskedPatches(values, ids(3, 0, 7, 11), ids(9, 2, 4, 5, 6, 8), ids(1, 10));
    }

    /** Moves all that learns by chance, as training would. */
    static void shake(Encoder encoder) {
        try (NoGradGuard frozen = new NoGradGuard()) {
            encoder.parameters().learning().values().forEach(weight -> weight.add_(randn_like(weight)));
        }
    }

    static Map<String, Tensor> copy(Parameters parameters) {
        Map<String, Tensor> copy = new LinkedHashMap<>();
        parameters.all().forEach((name, tensor) -> copy.put(name, tensor.detach().clone()));
        return copy;
    }

    static double distance(Tensor a, Tensor b) {
        return a.detach().sub(b.detach()).abs().max().item_double();
    }

    /** The same ids for both images, but the second in reverse. */
    private static Tensor ids(long... ids) {
        long[] both = new long[2 * ids.length];
        for (int i = 0; i < ids.length; i++) {
            both[i] = ids[i];
            both[both.length - 1 - i] = ids[i];
        }
        return AbstractTensor.create(both, 2, ids.length);
    }
}
