package org.latentmim.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class FrozenRandomTargetUpdaterTest {

    @Test
    void projectsThePixelsOfTheMaskedPatches() {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget tiny = TinyTarget.of("{name: frozen-random, width: 7}");
            Tensor weight = tiny.updater().parameters().all().get("projection.weight");
            assertThat(weight.shape()).containsExactly(7, 48);
            Tensor expected = tiny.patches().masked().values().matmul(weight.transpose(0, 1));
            assertThat(TinyTarget.distance(tiny.targets(), expected)).isLessThan(1e-5);
        }
    }

    @Test
    void isAsWideAsTheEncoderUnlessToldOtherwise() {
        assertThat(TinyTarget.of("{name: frozen-random}").updater().width()).isEqualTo(16);
        assertThat(TinyTarget.of("{name: frozen-random, width: 7}").updater().width()).isEqualTo(7);
    }

    @Test
    void neverChanges() {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget tiny = TinyTarget.of("{name: frozen-random}");
            Tensor before = tiny.targets();
            TinyTarget.shake(tiny.online());
            tiny.updater().update(TinyTarget.START);
            assertThat(tiny.targets().equal(before)).isTrue();
            assertThat(tiny.updater().parameters().learning()).isEmpty();
            assertThat(tiny.updater().encoder()).isEmpty();
        }
    }

    @Test
    void comesFromTheSeedAlone() {
        try (PointerScope scope = new PointerScope()) {
            Tensor targets = TinyTarget.of("{name: frozen-random}").targets();
            assertThat(TinyTarget.of("{name: frozen-random}", "encoder.depth=1").targets().equal(targets)).isTrue();
            assertThat(TinyTarget.of("{name: frozen-random}", "run.seed=4").targets().equal(targets)).isFalse();
        }
    }

    @Test
    void normalizesEachTargetIfAsked() {
        try (PointerScope scope = new PointerScope()) {
            Tensor targets = TinyTarget.of("{name: frozen-random, normalize: true}").targets();
            assertThat(targets.mean(new long[] {-1}).abs().max().item_double()).isLessThan(1e-6);
            assertThat(targets.var(new long[] {-1}, false).max().item_double()).isCloseTo(1, within(1e-3));
            assertThat(targets.var(new long[] {-1}, false).min().item_double()).isCloseTo(1, within(1e-3));
        }
    }

    @Test
    void refusesAWidthOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FrozenRandomTargetUpdater.Config(OptionalInt.of(0), false))
                .withMessage("width must be at least 1, but is 0");
    }
}
