package org.latentmim.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Parameters;

/** The targets that the online encoder says itself. */
class OnlineTargetsTest {

    @ParameterizedTest
    @CsvSource({"shared, masked, 1", "shared, all, 7", "stop-gradient, masked, 1", "stop-gradient, all, 7"})
    void areWhatTheOnlineEncoderSaysOfTheMaskedPatches(String name, String view, int first) {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget tiny = TinyTarget.of("{name: " + name + ", view: " + view + "}");
            MaskedPatches patches = tiny.patches();
            Tensor said = tiny.online().encode(view.equals("all") ? patches.all() : patches.masked());

            assertThat(TinyTarget.distance(tiny.targets(), said.narrow(1, first, 6))).isZero(); // after 1 class token and 6
            assertThat(tiny.encoder()).isSameAs(tiny.online());
            assertThat(tiny.updater().width()).isEqualTo(tiny.online().width());
            assertThat(tiny.updater().parameters()).as("the optimizer has them already").isSameAs(Parameters.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "stop-gradient"})
    void areNormalizedOverTheirWidthIfAsked(String name) {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget tiny = TinyTarget.of("{name: " + name + ", normalize: true}");
            TinyTarget.shake(tiny.online());
            Tensor said = tiny.online().encode(tiny.patches().masked()).narrow(1, 1, 6);
            Tensor centred = said.sub(said.mean(new long[] {-1}, true, null));
            Tensor expected = centred.div(centred.square().mean(new long[] {-1}, true, null).add(epsilon()).sqrt());
            assertThat(TinyTarget.distance(tiny.targets(), expected)).isLessThan(1e-5);
        }
    }

    /** The gradient of the sum of squares, along itself, by central differences. */
    @Test
    void sharedTargetsTeachTheOnlineEncoder() {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget tiny = TinyTarget.of("{name: shared}", "runtime.precision=fp64");
            tiny.run().get(Compute.class).place(tiny.online().parameters());
            MaskedPatches patches = inDouble(tiny.patches());
            tiny.updater().targets(patches).square().mean().backward();
            Map<String, Tensor> weights = tiny.online().parameters().learning();
            double slope = 0;
            for (Tensor weight : weights.values()) {
                slope += weight.grad().square().sum().item_double();
            }
            assertThat(slope).isPositive();
            double step = 1e-4;
            double above = afterMoving(tiny, patches, step);
            double below = afterMoving(tiny, patches, -2 * step);
            assertThat((above - below) / (2 * step)).isCloseTo(slope, within(1e-5 * slope));
        }
    }

    @Test
    void stoppedTargetsTeachNothing() {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget tiny = TinyTarget.of("{name: stop-gradient}");
            Map<String, Tensor> alone = gradients(tiny, tiny.targets().clone());
            Map<String, Tensor> together = gradients(tiny, tiny.targets());
            together.forEach((name, gradient) -> assertThat(gradient.equal(alone.get(name))).as(name).isTrue());
        }
    }

    /** Under autocast torch would hand the prediction copies of weights that were made without gradient: it learned nothing. */
    @Test
    void stoppedTargetsLeaveThePredictionItsGradientInBfloat16() {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget tiny = TinyTarget.of("{name: stop-gradient}", "runtime.precision=bf16");
            Map<String, Tensor> gradients;
            try (Autocast precision = tiny.run().get(Compute.class).autocast()) {
                gradients = gradients(tiny, tiny.targets());
            }
            assertThat(gradients.keySet()).isEqualTo(tiny.online().parameters().learning().keySet());
        }
    }

    /** The defined gradients of the squared distance of what is said of the visible patches to targets. */
    private static Map<String, Tensor> gradients(TinyTarget tiny, Tensor targets) {
        Tensor said = tiny.online().encode(tiny.patches().visible()).narrow(1, 1, 4);
        said.sub(targets.narrow(1, 0, 4)).square().sum().backward();
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        tiny.online().parameters().learning().forEach((name, weight) -> {
            if (weight.grad().defined()) {
                gradients.put(name, weight.grad().clone());
                weight.mutable_grad().reset();
            }
        });
        return gradients;
    }

    private static double afterMoving(TinyTarget tiny, MaskedPatches patches, double step) {
        try (NoGradGuard frozen = new NoGradGuard()) {
            tiny.online().parameters().learning().values()
                    .forEach(weight -> weight.add_(weight.grad().mul(new Scalar(step))));
            return tiny.updater().targets(patches).square().mean().item_double();
        }
    }

    private static MaskedPatches inDouble(MaskedPatches patches) {
        return new MaskedPatches(patches.values().to(ScalarType.Double),
                patches.visibleIds(), patches.maskedIds(), patches.omittedIds());
    }

    private static Scalar epsilon() {
        return new Scalar(1e-5);
    }
}
