package org.latentmim.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Progress;

class MomentumTargetUpdaterTest {

    @ParameterizedTest
    @CsvSource({"1.0", "0.9", "0.25", "0.0"})
    void movesTheTargetTowardsTheOnlineEncoder(double momentum) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            TinyTarget tiny = TinyTarget.of("{name: momentum, from: " + momentum + "}");
            TinyTarget.shake(tiny.online());
            Map<String, Tensor> before = TinyTarget.copy(tiny.encoder().parameters());

            tiny.updater().update(TinyTarget.START);

            assertIsNew(1 - momentum, tiny, before, momentum == 1 || momentum == 0 ? 1e-30 : 1e-6);
        }
    }

    @Test
    void followsTheScheduleOfTheMomentum() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            TinyTarget tiny = TinyTarget.of("{name: momentum, from: 0.5, to: 1.0, schedule: linear}");
            TinyTarget.shake(tiny.online());
            Map<String, Tensor> before = TinyTarget.copy(tiny.encoder().parameters());

            tiny.updater().update(new Progress(5, 10, 5, 10, 1));

            assertIsNew(0.25, tiny, before, 1e-6);
        }
    }

    @Test
    void reachesTheEndOfTheScheduleEarlyIfAsked() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            TinyTarget tiny = TinyTarget.of("{name: momentum, from: 0.5, to: 0.9, schedule: linear, until: 0.5}");
            TinyTarget.shake(tiny.online());
            Map<String, Tensor> before = TinyTarget.copy(tiny.encoder().parameters());

            tiny.updater().update(new Progress(5, 10, 5, 10, 1));

            assertIsNew(0.1, tiny, before, 1e-6);
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 5", "40, 1", "1, 40"})
    void isHalfNewAfterTheImagesOfItsHalfLife(int imagesPerStep, int steps) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            TinyTarget tiny = TinyTarget.of("{name: momentum, from: null, half-life: 40}");
            TinyTarget.shake(tiny.online());
            Map<String, Tensor> before = TinyTarget.copy(tiny.encoder().parameters());

            for (int step = 0; step < steps; step++) {
                tiny.updater().update(new Progress(step, 100, step, 100, imagesPerStep));
            }

            assertIsNew(0.5, tiny, before, 1e-5);
        }
    }

    @Test
    void neverGivesTheTargetAGradient() {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget tiny = TinyTarget.of("{name: momentum}");
            assertThat(tiny.updater().parameters()).isSameAs(tiny.encoder().parameters());
            assertThat(tiny.updater().parameters().learning()).isEmpty();
            tiny.online().encode(tiny.patches().masked()).narrow(1, 1, 6).mul(tiny.targets()).sum().backward();
            assertThat(tiny.updater().parameters().all().values()).noneMatch(weight -> weight.grad().defined());
            assertThat(tiny.online().parameters().learning().values()).allMatch(weight -> weight.grad().defined());
        }
    }

    @Test
    void asksTheTargetEncoderForTheMaskedPatchesAlone() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            TinyTarget tiny = TinyTarget.of("{name: momentum, view: masked}");
            Tensor expected = tiny.encoder().encode(tiny.patches().masked()).narrow(1, 1, 6);
            assertThat(tiny.targets().equal(expected)).isTrue();
        }
    }

    @Test
    void asksTheTargetEncoderForAllPatchesIfItIsToSeeAll() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            TinyTarget tiny = TinyTarget.of("{name: momentum, view: all}");
            MaskedPatches patches = tiny.patches();
            Tensor expected = tiny.encoder().encode(patches.all()).narrow(1, 1 + 4 + 2, 6);
            Tensor alone = tiny.encoder().encode(patches.masked()).narrow(1, 1, 6);
            assertThat(tiny.targets().equal(expected)).isTrue();
            assertThat(TinyTarget.distance(alone, expected)).as("the view must matter").isGreaterThan(1e-3);
        }
    }

    @Test
    void followsOneAndTheSameEncoderThroughMovesToAnotherPlace() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            TinyTarget tiny = TinyTarget.of("{name: momentum, from: 0}", "runtime.precision=fp64");
            Compute compute = tiny.run().get(Compute.class);
            compute.place(tiny.online().parameters());
            compute.place(tiny.encoder().parameters());
            TinyTarget.shake(tiny.online());

            tiny.updater().update(TinyTarget.START);

            Tensor online = tiny.online().parameters().all().get("norm.weight");
            assertThat(TinyTarget.distance(tiny.encoder().parameters().all().get("norm.weight"), online)).isZero();
        }
    }

    /** A share of the target comes from the online encoder, the rest from what it was before. */
    private static void assertIsNew(double share, TinyTarget tiny, Map<String, Tensor> before, double tolerance) {
        tiny.online().parameters().learning().forEach((name, online) -> {
            Tensor target = tiny.encoder().parameters().all().get(name);
            Tensor expected = before.get(name).mul(new Scalar(1 - share)).add(online.mul(new Scalar(share)));
            assertThat(TinyTarget.distance(target, expected)).as(name).isLessThan(tolerance);
        });
    }
}
