package org.latentmim.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.randn_like;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.patch.PatchGrid;
import org.latentmim.pipeline.Assembly;
import org.latentmim.pipeline.TinyRecipe;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Schedule;
import org.latentmim.spi.TargetUpdater;
import org.latentmim.target.MomentumTargetUpdater.Config;
import org.latentmim.target.MomentumTargetUpdater.View;
import org.latentmim.testing.TargetUpdaterContract;

class MomentumTargetUpdaterTest extends TargetUpdaterContract {

    private static final Progress START = new Progress(0, 10, 0, 10, 1);

    @Override
    protected TargetUpdater updater(PatchGrid grid) {
        return Assembly.of(TinyRecipe.with("grid.rows=" + grid.rows(), "grid.columns=" + grid.columns(),
                "grid.patch-size=" + grid.patchSize(), "grid.gap=" + grid.gap())).objectives().get(0).target();
    }

    @ParameterizedTest
    @CsvSource({"1.0", "0.9", "0.25", "0.0"})
    void movesTheTargetTowardsTheOnlineEncoder(double momentum) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Assembly run = assembly("target.from=" + momentum);
            TargetUpdater updater = target(run);
            shake(run.onlineEncoder());
            Map<String, Tensor> before = copy(targetEncoder(run));

            updater.update(START);

            run.onlineEncoder().parameters().learning().forEach((name, online) -> {
                Tensor target = targetEncoder(run).parameters().all().get(name);
                Tensor expected = before.get(name).mul(new Scalar(momentum)).add(online.mul(new Scalar(1 - momentum)));
                assertThat(distance(target, expected)).as(name).isLessThan(momentum == 1 || momentum == 0 ? 1e-30 : 1e-6);
            });
        }
    }

    @Test
    void followsTheScheduleOfTheMomentum() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Assembly run = assembly("target.from=0.5", "target.to=1.0", "target.schedule=linear");
            TargetUpdater updater = target(run);
            shake(run.onlineEncoder());
            Tensor online = run.onlineEncoder().parameters().all().get("cls_token");
            Tensor target = targetEncoder(run).parameters().all().get("cls_token");
            Tensor before = target.clone();

            updater.update(new Progress(5, 10, 5, 10, 1));

            assertThat(distance(target, before.mul(new Scalar(0.75)).add(online.mul(new Scalar(0.25))))).isLessThan(1e-6);
        }
    }

    @Test
    void neverGivesTheTargetAGradient() {
        try (PointerScope scope = new PointerScope()) {
            Assembly run = assembly();
            assertThat(target(run).parameters()).isSameAs(targetEncoder(run).parameters());
            assertThat(target(run).parameters().learning()).isEmpty();
            MaskedPatches patches = patches(run.grid());
            Tensor targets = target(run).targets(patches);
            run.onlineEncoder().encode(patches.masked()).narrow(1, 1, 8).mul(targets).sum().backward();
            assertThat(target(run).parameters().all().values()).noneMatch(weight -> weight.grad().defined());
            assertThat(run.onlineEncoder().parameters().learning().values()).allMatch(weight -> weight.grad().defined());
        }
    }

    @Test
    void asksTheTargetEncoderForTheMaskedPatchesAlone() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Assembly run = assembly("target.view=masked");
            MaskedPatches patches = patches(run.grid());
            Tensor expected = targetEncoder(run).encode(patches.masked()).narrow(1, 1, 8);
            assertThat(target(run).targets(patches).equal(expected)).isTrue();
        }
    }

    @Test
    void asksTheTargetEncoderForAllPatchesIfItIsToSeeAll() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Assembly run = assembly("target.view=all");
            MaskedPatches patches = patches(run.grid());
            Tensor expected = targetEncoder(run).encode(patches.all()).narrow(1, 5, 8);
            Tensor alone = targetEncoder(run).encode(patches.masked()).narrow(1, 1, 8);
            assertThat(target(run).targets(patches).equal(expected)).isTrue();
            assertThat(distance(alone, expected)).as("the view must matter").isGreaterThan(1e-3);
        }
    }

    @Test
    void followsOneAndTheSameEncoderThroughMovesToAnotherPlace() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Assembly run = assembly("target.from=0", "runtime.precision=fp64");
            TargetUpdater updater = target(run);
            run.get(Compute.class).place(run.onlineEncoder().parameters());
            run.get(Compute.class).place(targetEncoder(run).parameters());
            shake(run.onlineEncoder());

            updater.update(START);

            Tensor online = run.onlineEncoder().parameters().all().get("norm.weight");
            assertThat(distance(targetEncoder(run).parameters().all().get("norm.weight"), online)).isZero();
        }
    }

    @Test
    void refusesAMomentumOutOfRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Config(1.5, 1, Schedule.Shape.COSINE, View.MASKED))
                .withMessage("from must be between 0 and 1, but is 1.5");
        assertThatIllegalArgumentException().isThrownBy(() -> new Config(0, Double.NaN, Schedule.Shape.COSINE, View.MASKED))
                .withMessage("to must be between 0 and 1, but is NaN");
    }

    private static Assembly assembly(String... overrides) {
        return Assembly.of(TinyRecipe.with(overrides));
    }

    private static void shake(Encoder encoder) {
        encoder.parameters().learning().values().forEach(weight -> weight.add_(randn_like(weight)));
    }

    private static Map<String, Tensor> copy(Encoder encoder) {
        Map<String, Tensor> copy = new LinkedHashMap<>();
        encoder.parameters().all().forEach((name, tensor) -> copy.put(name, tensor.clone()));
        return copy;
    }

    private static TargetUpdater target(Assembly run) {
        return run.objectives().get(0).target();
    }

    private static Encoder targetEncoder(Assembly run) {
        return target(run).encoder().orElseThrow();
    }

    private static double distance(Tensor a, Tensor b) {
        return a.sub(b).abs().max().item_double();
    }

    private static MaskedPatches patches(PatchGrid grid) {
        Tensor values = randn(1, grid.size(), grid.valuesPerPatch());
        return new MaskedPatches(values, AbstractTensor.create(new long[] {3, 0, 7, 11}, 1, 4),
                AbstractTensor.create(new long[] {1, 2, 4, 5, 6, 8, 9, 10}, 1, 8), empty(new long[] {1, 0}, new TensorOptions(ScalarType.Long), null));
    }
}
