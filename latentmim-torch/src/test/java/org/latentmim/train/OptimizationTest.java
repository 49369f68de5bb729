package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.ones;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.pipeline.TinyRecipe;
import org.latentmim.spi.Parameters;

class OptimizationTest {

    private static final double DECAY = 0.3;
    private static final double BETA1 = 0.8;
    private static final double BETA2 = 0.7;

    @ParameterizedTest
    @CsvSource({
            "blocks.0.attn.qkv.weight, 2, true", "head.linear0.weight, 2, true", "cls_token, 3, true", "prototypes, 2, true",
            "blocks.0.attn.qkv.bias, 1, false", "scale, 1, false", "temperature, 0, false", "embed.proj.weight, 2, false",
            "pos_embed.pos_embeds, 2, false", "head.norm0.weight, 1, false", "norm.matrix, 2, false", "bias.table, 2, false"})
    void onlyWeightsOfSeveralAxesAndOfNoExemptNameDecay(String name, int axes, boolean decays) {
        try (PointerScope scope = new PointerScope()) {
            assertThat(Treatment.published(name, ones(new long[axes])).decays()).isEqualTo(decays);
        }
    }

    /** AdamW as its authors wrote it down, number by number. */
    @Test
    void movesWeightsAsAdamWithDecoupledDecay() {
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            double[] matrix = {1, -2, 0.5, 3, 0, -1};
            double[] vector = {0.25, -0.75};
            Tensor weight = parameters.learn("weight", AbstractTensor.create(matrix, 2, 3));
            Tensor bias = parameters.learn("bias", AbstractTensor.create(vector, 2));
            Optimization optimization = optimization(OptionalDouble.empty(), parameters);
            Adam ofMatrix = new Adam(matrix.clone());
            Adam ofVector = new Adam(vector.clone());
            Random random = new Random(1);
            for (int step = 1; step <= 5; step++) {
                double learningRate = 0.1 / step;
                double decay = 0.1 * step;
                double[] gradientOfMatrix = random.doubles(6, -1, 1).toArray();
                double[] gradientOfVector = random.doubles(2, -1, 1).toArray();
                gradient(weight, AbstractTensor.create(gradientOfMatrix, 2, 3));
                gradient(bias, AbstractTensor.create(gradientOfVector, 2));

                OptionalDouble norm = step(optimization, learningRate, decay, false);

                assertThat(norm).isEmpty();
                double[] expected = ofMatrix.step(learningRate, decay, gradientOfMatrix);
                double[] expectedOfVector = ofVector.step(learningRate, 0, gradientOfVector);
                assertThat(GoldenModel.doubles(weight)).containsExactly(expected, within(1e-12));
                assertThat(GoldenModel.doubles(bias)).containsExactly(expectedOfVector, within(1e-12));
                assertThat(weight.grad().defined()).isFalse();
                assertThat(bias.grad().defined()).isFalse();
            }
        }
    }

    @Test
    void movesEachWeightAtItsShareOfTheRate() {
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            Map<String, Treatment> treatments = Map.of("first", new Treatment(true, 0.25), "second", new Treatment(false, 0.5),
                    "third", new Treatment(true, 1), "fourth", new Treatment(true, 0.25));
            double[] start = {1, -2, 3};
            double[] gradient = {0.5, 0.1, -1};
            treatments.keySet().stream().sorted().forEach(name -> parameters.learn(name, AbstractTensor.create(start, 3)));
            try (Optimization optimization = new Optimization(
                    TinyRecipe.with("train.betas=" + List.of(BETA1, BETA2)).train(), Map.of("encoder", parameters),
                    (name, weight) -> treatments.get(name))) {
                parameters.all().values().forEach(weight -> gradient(weight, AbstractTensor.create(gradient, 3)));
                step(optimization, 0.1, DECAY, false);
            }
            treatments.forEach((name, treatment) -> assertThat(GoldenModel.doubles(parameters.all().get(name))).as(name)
                    .containsExactly(new Adam(start.clone()).step(
                            0.1 * treatment.share(), treatment.decays() ? DECAY : 0, gradient), within(1e-12)));
        }
    }

    @Test
    void freesItsMomentsWhenClosed() {
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            parameters.learn("weight", ones(3, 3));
            long before = Pointer.totalCount();
            try (PointerScope inner = new PointerScope();
                    Optimization closed = optimization(OptionalDouble.empty(), parameters)) {
                closed.begin(0, false);
                assertThat(Pointer.totalCount()).isGreaterThan(before);
            }
            assertThat(Pointer.totalCount()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 6.5, 13, 20})
    void scalesLongGradientsDownToTheLimitAndLeavesShorterOnes(double limit) {
        try (PointerScope scope = new PointerScope()) {
            double[] gradient = {3, 4};                                     // with {12} of the other weight the norm is 13
            double expectedFactor = limit < 13 ? limit / 13 : 1;
            Parameters parameters = new Parameters();
            Tensor weight = parameters.learn("weight", AbstractTensor.create(new double[2], 2));
            Tensor other = parameters.learn("other", AbstractTensor.create(new double[1], 1, 1));
            Tensor first = AbstractTensor.create(gradient, 2);
            Tensor second = AbstractTensor.create(new double[] {12}, 1, 1);
            gradient(weight, first);
            gradient(other, second);

            OptionalDouble norm = step(optimization(OptionalDouble.of(limit), parameters), 0.1, DECAY, true);

            assertThat(norm.orElseThrow()).as("the norm before it is limited").isCloseTo(13, within(1e-12));
            assertThat(GoldenModel.doubles(first)).containsExactly(
                    new double[] {3 * expectedFactor, 4 * expectedFactor}, within(1e-5));
            assertThat(GoldenModel.doubles(second)).containsExactly(new double[] {12 * expectedFactor}, within(1e-5));
        }
    }

    @Test
    void leavesAWeightWithoutGradientAlone() {
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            Tensor used = parameters.learn("used", AbstractTensor.create(new double[] {1, 1}, 2, 1));
            Tensor unused = parameters.learn("unused", AbstractTensor.create(new double[] {1, 1}, 2, 1));
            Optimization optimization = optimization(OptionalDouble.of(1), parameters);
            for (int step = 0; step < 3; step++) {
                gradient(used, AbstractTensor.create(new double[] {1, -1}, 2, 1));
                step(optimization, 0.1, DECAY, true);
            }
            assertThat(GoldenModel.doubles(unused)).containsExactly(1, 1);
            assertThat(GoldenModel.doubles(used)).doesNotContain(1);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, 1e200})
    void movesNothingAndCountsNoStepWhereAGradientOrItsSquareIsNotFinite(double bad) {
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            Tensor weight = parameters.learn("weight", AbstractTensor.create(new double[] {1, 1}, 2, 1));
            Tensor bias = parameters.learn("bias", AbstractTensor.create(new double[] {1}, 1));
            Optimization optimization = optimization(OptionalDouble.of(1), parameters);
            gradient(weight, AbstractTensor.create(new double[] {1, -1}, 2, 1));
            gradient(bias, AbstractTensor.create(new double[] {bad}, 1));
            step(optimization, 0.1, DECAY, true);
            assertThat(optimization.result().item_float()).isEqualTo(StepResult.GRADIENT_NOT_FINITE.ordinal());
            assertThat(GoldenModel.doubles(weight)).containsExactly(1, 1);
            assertThat(GoldenModel.doubles(bias)).containsExactly(1);
            optimization.state().values().forEach(state -> assertThat(state.eq(new Scalar(0)).all().item_bool()).isTrue());
            assertThat(weight.grad().defined()).isFalse();
            assertThat(bias.grad().defined()).isFalse();
        }
    }

    /** The gradient of the first weight is there, and heeded, before the second has its own. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEarlyUpdateMovesNothingAfterABadLossAndNoMoreAfterABadGradient(boolean badLoss) {
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            Tensor second = parameters.learn("second", ones(2048, 2048));
            Tensor first = parameters.learn("first", ones(2048, 2048));
            Optimization optimization = optimization(List.of("train.early-update=true"), parameters);
            optimization.begin(0.1, DECAY, false);
            Tensor later = second.sum().mul(new Scalar(badLoss ? 1 : 0));
            Tensor loss = (badLoss ? later.add(new Scalar(Double.NaN)) : later.sqrt()).add(first.sum());
            optimization.checked(loss).backward();
            optimization.finish();
            assertThat(optimization.result().item_float()).isEqualTo(badLoss ? 1 : 2);
            assertThat(first.eq(new Scalar(1)).all().item_bool()).isEqualTo(badLoss);
            assertThat(first.isfinite().all().item_bool()).isTrue();
            assertThat(second.eq(new Scalar(1)).all().item_bool()).isTrue();
            assertThat(optimization.state().get("step").item_float()).isZero();
        }
    }

    @Test
    void doesNothingWhereNothingHasAGradient() {
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            Tensor unused = parameters.learn("unused", AbstractTensor.create(new double[] {1, 1}, 2, 1));
            assertThat(step(optimization(OptionalDouble.of(1), parameters), 0.1, DECAY, true)).isEmpty();
            assertThat(GoldenModel.doubles(unused)).containsExactly(1, 1);
        }
    }

    @Test
    void leavesNothingBehindInItsCallersScope() {
        Parameters parameters = new Parameters();
        Tensor weight = parameters.learn("weight", AbstractTensor.create(new double[] {1, 1}, 2, 1));
        Optimization optimization = optimization(OptionalDouble.of(1), parameters);
        long before = 0;
        for (int step = 0; step < 50; step++) {
            try (PointerScope scope = new PointerScope()) {
                gradient(weight, AbstractTensor.create(new double[] {1, -1}, 2, 1));
                step(optimization, 0.1, DECAY, true);
            }
            before = step == 0 ? Pointer.totalCount() : before;
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    private static OptionalDouble step(Optimization optimization, double learningRate, double decay, boolean measureNorm) {
        optimization.begin(learningRate, decay, measureNorm);
        return optimization.finish();
    }

    private static void gradient(Tensor weight, Tensor gradient) {
        weight.mutable_grad().put(gradient);
    }

    private static Optimization optimization(OptionalDouble clipNorm, Parameters parameters) {
        return optimization(clipNorm.stream().mapToObj(limit -> "train.clip-norm=" + limit).toList(), parameters);
    }

    private static Optimization optimization(List<String> more, Parameters parameters) {
        Map<String, Parameters> parts = new LinkedHashMap<>();
        parts.put("encoder", parameters);
        List<String> settings = new ArrayList<>(List.of("train.betas=" + List.of(BETA1, BETA2)));
        settings.addAll(more);
        return new Optimization(TinyRecipe.with(settings.toArray(String[]::new)).train(), parts);
    }

    private static final class Adam {

        private final double[] weights;
        private final double[] first;
        private final double[] second;
        private int steps;

        Adam(double[] weights) {
            this.weights = weights;
            this.first = new double[weights.length];
            this.second = new double[weights.length];
        }

        double[] step(double learningRate, double decay, double[] gradient) {
            steps++;
            for (int i = 0; i < weights.length; i++) {
                first[i] = BETA1 * first[i] + (1 - BETA1) * gradient[i];
                second[i] = BETA2 * second[i] + (1 - BETA2) * gradient[i] * gradient[i];
                double unbiasedFirst = first[i] / (1 - Math.pow(BETA1, steps));
                double unbiasedSecond = second[i] / (1 - Math.pow(BETA2, steps));
                weights[i] -= learningRate * decay * weights[i];
                weights[i] -= learningRate * unbiasedFirst / (Math.sqrt(unbiasedSecond) + 1e-8);
            }
            return weights;
        }
    }
}
