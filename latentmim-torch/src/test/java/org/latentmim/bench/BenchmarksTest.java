package org.latentmim.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.latentmim.bench.Measurement.Unit;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.pipeline.TinyRecipe;
import org.latentmim.train.LatentMim;

class BenchmarksTest {

    @Test
    void theStepIsTheSumOfItsPhases() {
        Map<String, Measurement> measured = step();
        assertThat(measured.values()).allMatch(one -> one.value() > 0 && one.low() <= one.value() && one.value() <= one.high());
        double phases = Arrays.stream(Phase.values()).mapToDouble(phase -> measured.get(phase.toString()).value()).sum();
        assertThat(4 * 1e3 / measured.get("step while loading").value()).isCloseTo(phases, within(0.5 * phases));
    }

    /** 12 cells with 4 x 4 x 3 values, 4 of them seen and 8 hidden; 16 wide, 2 blocks, a projector of two layers to 24. */
    @Test
    void productsAreThoseOfTheShapes() {
        int tokens = 1 + 4;
        double block = 12 * 16 * 16 * tokens + 2 * 16 * tokens * tokens;
        double seen = 2 * (48 * 16 * 4 + 2 * block + (16 * 24 + 24 * 24) * tokens);
        Map<String, Measurement> withDecoder = step("target=pixels", "losses=[l2]");
        Map<String, Measurement> deeper = step("target=pixels", "losses=[l2]", "encoder.depth=3");
        double forward = 1e9 * (deeper.get("products forward").value() - withDecoder.get("products forward").value());
        double backward = 1e9 * (deeper.get("products backward").value() - withDecoder.get("products backward").value());
        assertThat(forward).isCloseTo(2 * block, within(1e-3));
        assertThat(backward).isCloseTo(4 * block, within(1e-3));
        assertThat(1e9 * withDecoder.get("products forward").value()).isGreaterThan(seen);
    }

    /** The target sees the 8 hidden patches with a class token, and learns nothing by gradient. */
    @Test
    void aTargetWithoutGradientIsCountedForward() {
        int tokens = 1 + 8;
        double block = 12 * 16 * 16 * tokens + 2 * 16 * tokens * tokens;
        int ofOnline = 1 + 4;
        double onlineBlock = 12 * 16 * 16 * ofOnline + 2 * 16 * ofOnline * ofOnline;
        Map<String, Measurement> two = step();
        Map<String, Measurement> three = step("encoder.depth=3");
        double forward = 1e9 * (three.get("products forward").value() - two.get("products forward").value());
        double backward = 1e9 * (three.get("products backward").value() - two.get("products backward").value());
        assertThat(forward).isCloseTo(2 * (block + onlineBlock), within(1e-3));
        assertThat(backward).isCloseTo(4 * onlineBlock, within(1e-3));
    }

    @Test
    void anObserverLeavesTheWeightsAsTheyAre() {
        try (Pretraining plain = Pretraining.of(TinyRecipe.with());
                Pretraining observed = Pretraining.of(TinyRecipe.with(), new FlopCounter()::observe)) {
            Map<String, Tensor> expected = plain.assembly().get(LatentMim.class).online().parameters().all();
            observed.assembly().get(LatentMim.class).online().parameters().all()
                    .forEach((name, tensor) -> assertThat(tensor.equal(expected.get(name))).isTrue());
        }
    }

    @Test
    void imagesAreTimedInStages() {
        try (Pretraining pretraining = Pretraining.of(TinyRecipe.with())) {
            List<Measurement> measured = new DataBenchmark(pretraining).measure();
            assertThat(measured).extracting(Measurement::name).containsExactly(
                    "read and decode", "crop and resize", "both, one thread", "loader", "loader, each core");
            assertThat(measured).allMatch(one -> one.value() > 0 && one.samples() >= 5);
        }
    }

    @Test
    void evaluatorsAreTimedOnRandomFeatures() {
        try (Pretraining pretraining = Pretraining.of(
                TinyRecipe.with("images.test={name: stripes, size: 10, first: 1000}", "evaluation.with=[size]"))) {
            List<Measurement> measured = new EvaluationBenchmark(pretraining).measure(6);
            assertThat(measured).extracting(Measurement::name).containsExactly("features", "size");
            assertThat(measured).allMatch(one -> one.value() > 0);
        }
    }

    @Test
    void sizesAreChangedOneByOne() {
        List<String> sizes = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        ScaleBenchmark.Listener listener = new ScaleBenchmark.Listener() {

            @Override
            public void measures(String dimension, long size) {
                sizes.add(dimension + " " + size);
            }

            @Override
            public void skips(String dimension, String reason) {
                skipped.add(dimension + ": " + reason);
            }
        };
        Map<String, Measurement> measured = byName(new ScaleBenchmark(
                changes -> TinyRecipe.with(changes.toArray(String[]::new)), List.of(2.0, 1.0), 1).measure(listener));
        assertThat(sizes).containsExactly("batch 4", "batch 8", "visible 4", "visible 8", "grid 12", "grid 48", "width 16",
                "width 32", "depth 2", "depth 4");
        assertThat(skipped).isEmpty();
        assertThat(measured.get("batch 8, time").value()).isPositive();
        double exponent = Math.log(measured.get("depth 4, time").value() / measured.get("depth 2, time").value()) / Math.log(2);
        assertThat(measured.get("depth, growth of time").value()).isCloseTo(exponent, within(1e-9));
        assertThat(measured.get("batch, beyond linear").unit()).isEqualTo(Unit.PERCENT);
    }

    private static Map<String, Measurement> step(String... overrides) {
        FlopCounter counter = new FlopCounter();
        try (Pretraining pretraining = Pretraining.of(TinyRecipe.with(overrides), counter::observe)) {
            return byName(new StepBenchmark(pretraining).measure(counter, 3));
        }
    }

    private static Map<String, Measurement> byName(List<Measurement> measurements) {
        return measurements.stream().collect(Collectors.toMap(Measurement::name, one -> one));
    }
}
