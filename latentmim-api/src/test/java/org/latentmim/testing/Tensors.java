package org.latentmim.testing;

import static org.bytedeco.pytorch.global.torch.make_generator_cpu;
import static org.bytedeco.pytorch.global.torch.randn;

import java.util.Random;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Progress;

/** Inputs for the contracts, and numbers read back from tensors. What is made lives in the caller's scope. */
public final class Tensors {

    /** The first step of a run. */
    public static final Progress START = new Progress(0, 1000, 0, 10, 1);

    private Tensors() {}

    /** Numbers from N(0, 1), the same for the same seed. */
    public static Tensor normal(long seed, ScalarType type, long... shape) {
        return randn(shape, new GeneratorOptional(make_generator_cpu(seed)), new TensorOptions(type));
    }

    /** Ids from {@code from} on of one random order of the grid for each image, {@code [images, count]}. */
    static Tensor ids(PatchGrid grid, int images, int from, int count) {
        Random random = new Random(5);
        long[] ids = new long[images * count];
        for (int image = 0; image < images; image++) {
            int[] order = random.ints(0, grid.size()).distinct().limit(grid.size()).toArray();
            for (int i = 0; i < count; i++) {
                ids[image * count + i] = order[from + i];
            }
        }
        return AbstractTensor.create(ids, images, count);
    }

    static Patches patches(PatchGrid grid, int images, int count) {
        return new Patches(normal(1, ScalarType.Float, images, count, grid.valuesPerPatch()), ids(grid, images, 0, count));
    }

    static MaskedPatches masked(PatchGrid grid, int images, int visible) {
        return new MaskedPatches(normal(2, ScalarType.Float, images, grid.size(), grid.valuesPerPatch()),
                ids(grid, images, 0, visible), ids(grid, images, visible, grid.size() - visible), ids(grid, images, 0, 0));
    }

    /** The largest distance between two numbers at the same place. */
    static double distance(Tensor a, Tensor b) {
        return a.detach().sub(b.detach()).abs().max().item_double();
    }
}
