package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.data.Batch;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;

class TrainStepTest {

    private static final String DOUBLE = "runtime.precision=fp64";
    private static final String AVERAGING = "losses=[patch-discrimination, {name: normalized-l2, weight: 0.5}]";

    @Test
    void twoHalvesOfABatchTeachWhatTheWholeTeaches() {
        try (PointerScope scope = new PointerScope()) {
            TinyModel whole = TinyModel.with(DOUBLE, AVERAGING);
            TinyModel halves = TinyModel.with(DOUBLE, AVERAGING);
            Batch batch = whole.batch();
            StepLog log = new StepLog();
            StepLog logOfHalves = new StepLog();

            whole.step().learn(whole.reader().masked(batch, TinyModel.START), TinyModel.START, 1, log);
            MaskedPatches patches = halves.reader().masked(batch, TinyModel.START);
            halves.step().learn(half(patches, 0), TinyModel.START, 0.5, logOfHalves);
            halves.step().learn(half(patches, 2), TinyModel.START, 0.5, logOfHalves);

            assertThat(logOfHalves.readLoss()).isCloseTo(log.readLoss(), within(1e-10));
            Map<String, double[]> expected = gradients(whole.model());
            gradients(halves.model()).forEach((name, gradient) ->
                    assertThat(gradient).as(name).containsExactly(expected.get(name), within(1e-10)));
        }
    }

    /** The gradient of the objective along the direction of itself, by central differences. */
    @Test
    void theGradientIsTheSlopeOfTheLoss() {
        try (PointerScope scope = new PointerScope()) {
            TinyModel tiny = TinyModel.with(DOUBLE);
            MaskedPatches patches = tiny.reader().masked(tiny.batch(), TinyModel.START);
            tiny.step().learn(patches, TinyModel.START, 1, new StepLog());
            double square = gradients(tiny.model()).values().stream()
                    .mapToDouble(gradient -> Arrays.stream(gradient).map(value -> value * value).sum())
                    .sum();
            double step = 1e-5;
            double above = lossAfterMoving(tiny, patches, step);
            double below = lossAfterMoving(tiny, patches, -2 * step);
            assertThat((above - below) / (2 * step)).isCloseTo(square, within(1e-5 * square));
        }
    }

    @Test
    void inBfloat16LossAndGradientsStayInFloat() {
        try (PointerScope scope = new PointerScope()) {
            TinyModel narrow = TinyModel.with("runtime.precision=bf16");
            TinyModel wide = TinyModel.with("runtime.precision=fp32");
            MaskedPatches patches = wide.reader().masked(wide.batch(), TinyModel.START);
            StepLog log = new StepLog();
            StepLog logOfNarrow = new StepLog();
            wide.step().learn(patches, TinyModel.START, 1, log);
            narrow.step().learn(patches, TinyModel.START, 1, logOfNarrow);

            double loss = log.readLoss();
            double inBfloat16 = logOfNarrow.readLoss();
            assertThat(inBfloat16).isCloseTo(loss, within(0.03 * loss)).isNotEqualTo(loss);
            Reconstruction reconstruction = narrow.step().reconstruct(patches).get(0);
            for (Tensor tensor : List.of(reconstruction.predicted(), reconstruction.targets(), reconstruction.visible())) {
                assertThat(tensor.scalar_type().intern()).isEqualTo(ScalarType.Float);
            }
            eachWeight(narrow.model(), (name, weight) -> {
                assertThat(weight.grad().scalar_type().intern()).as(name).isEqualTo(ScalarType.Float);
                assertThat(weight.grad().isfinite().all().item_bool()).as(name).isTrue();
            });
        }
    }

    @Test
    void aDetailedStepLooksAround() {
        TinyModel tiny = TinyModel.with(DOUBLE);
        Batch batch = tiny.batch();
        StepLog log = new StepLog();
        log.detailed(true);

        tiny.step().run(List.of(batch), TinyModel.START, log);

        Map<String, Double> details = log.readDetails();
        assertThat(details).containsOnlyKeys("loss/patch-discrimination", "loss/similarity-constraint", "similarity/predicted",
                "similarity/visible", "similarity/target", "gradient-norm");
        assertThat(log.readLoss()).isCloseTo(
                details.get("loss/patch-discrimination") + 0.5 * details.get("loss/similarity-constraint"), within(1e-12));
        double constraint = square(details.get("similarity/predicted") - 0.75) + square(details.get("similarity/visible") - 0.75);
        assertThat(details.get("loss/similarity-constraint")).isCloseTo(constraint, within(1e-12));

        TinyModel again = TinyModel.with(DOUBLE);
        try (PointerScope scope = new PointerScope()) {
            again.step().learn(again.reader().masked(batch, TinyModel.START), TinyModel.START, 1, new StepLog());
            double norm = Math.sqrt(gradients(again.model()).values().stream()
                    .flatMapToDouble(Arrays::stream)
                    .map(TrainStepTest::square)
                    .sum());
            assertThat(details.get("gradient-norm")).isCloseTo(norm, within(1e-9 * norm));
        }
    }

    @Test
    void anOrdinaryStepOnlyKeepsItsLoss() {
        TinyModel tiny = TinyModel.with();
        StepLog log = new StepLog();
        tiny.step().run(List.of(tiny.batch(), tiny.batch()), TinyModel.START, log);
        assertThat(log.readDetails()).isEmpty();
        assertThat(log.readLoss()).isPositive();
        assertThat(log.readLoss()).as("nothing since the last reading").isNaN();
    }

    @Test
    void theTargetFollowsAtTheHeadOfTheStep() {
        try (PointerScope scope = new PointerScope()) {
            TinyModel tiny = TinyModel.with("target.from=0", "target.to=0");
            Tensor online = tiny.assembly().onlineEncoder().parameters().all().get("cls_token");
            Tensor target = tiny.model().targetEncoder().orElseThrow().parameters().all().get("cls_token");
            Tensor before = online.clone().detach();
            Batch batch = tiny.batch();

            tiny.step().run(List.of(batch), TinyModel.START, new StepLog());
            assertThat(target.equal(before)).isTrue();
            assertThat(online.equal(before)).isFalse();

            Tensor afterOne = online.clone().detach();
            tiny.step().run(List.of(batch), TinyModel.START, new StepLog());
            assertThat(target.equal(afterOne)).isTrue();
        }
    }

    /** Decay is decoupled from the gradient: it takes away rate x decay of each weight. Half of the way, 0.1 to 0.5 is 0.3. */
    @Test
    void aStepDecaysTheWeightsAsMuchAsItsEpochSays() {
        try (PointerScope scope = new PointerScope()) {
            Progress later = new Progress(6, 12, 1, 2, 4);
            TinyModel tiny = TinyModel.with(DOUBLE, "train.weight-decay=0.1", "train.weight-decay-to=0.5");
            TinyModel without = TinyModel.with(DOUBLE, "train.weight-decay=0");
            Map<String, double[]> before = weights(tiny.model());
            for (TinyModel model : List.of(tiny, without)) {
                model.step().run(List.of(tiny.batch()), later, new StepLog());
            }
            double share = new LearningRate(tiny.assembly().recipe().train()).at(1) * 0.3;
            Map<String, double[]> undecayed = weights(without.model());
            String matrix = "encoder.blocks.0.attn.qkv.weight";
            double[] decayed = weights(tiny.model()).get(matrix);
            for (int i = 0; i < decayed.length; i++) {
                assertThat(undecayed.get(matrix)[i] - decayed[i]).isCloseTo(share * before.get(matrix)[i], within(1e-12));
            }
            assertThat(weights(tiny.model()).get("encoder.norm.weight")).isEqualTo(undecayed.get("encoder.norm.weight"));
        }
    }

    /** Also with random numbers inside blocks, with rotary positions, whose angles blocks read, and in bfloat16. */
    @ParameterizedTest
    @ValueSource(strings = {
        "runtime.precision=fp64", "runtime.precision=bf16", "encoder.drop-path=0.5", "encoder={name: vit, width: 16, depth: 3,"
                + " heads: 2, positions: rotary, projector: {depth: 2, width: 24}}", "decoder.depth=3"})
    void whatIsComputedAgainTeachesTheSame(String setting) {
        TinyModel kept = TinyModel.with(setting);
        TinyModel again = TinyModel.with(setting, "runtime.recompute=true");
        List<Batch> batches = List.of(kept.batch());
        for (int i = 0; i < 3; i++) {
            kept.step().run(batches, TinyModel.START, new StepLog());
            again.step().run(batches, TinyModel.START, new StepLog());
        }
        assertThat(different(again.model(), kept.model())).isEmpty();
    }

    @Test
    void targetsInBfloat16AreNearAndTheRestStaysInFloat() {
        try (PointerScope scope = new PointerScope()) {
            TinyModel wide = TinyModel.with();
            TinyModel narrow = TinyModel.with("runtime.bf16-target=true");
            MaskedPatches patches = wide.reader().masked(wide.batch(), TinyModel.START);
            Reconstruction expected = wide.step().reconstruct(patches).get(0);
            Reconstruction actual = narrow.step().reconstruct(patches).get(0);

            assertThat(actual.predicted().equal(expected.predicted())).isTrue();
            assertThat(actual.targets().scalar_type().intern()).isEqualTo(ScalarType.Float);
            double size = expected.targets().abs().mean().item_double();
            assertThat(actual.targets().sub(expected.targets()).abs().mean().item_double()).isBetween(1e-6 * size, 0.03 * size);
        }
    }

    @Test
    void anEarlyUpdateEndsWithTheSameWeightsAndHoldsFewerGradients() {
        String[] large = {"encoder.width=512", "encoder.depth=4", "encoder.heads=4", "decoder.width=512", "decoder.heads=4"};
        TinyModel whole = TinyModel.with(large);
        TinyModel early = TinyModel.with(
                Stream.concat(Stream.of(large), Stream.of("train.early-update=true")).toArray(String[]::new));
        List<Batch> batches = List.of(whole.batch());
        StepLog logOfWhole = new StepLog();
        StepLog logOfEarly = new StepLog();
        logOfWhole.detailed(true);
        logOfEarly.detailed(true);
        whole.step().run(batches, TinyModel.START, logOfWhole);
        early.step().run(batches, TinyModel.START, logOfEarly);

        double norm = logOfWhole.readDetails().get("gradient-norm");
        assertThat(logOfEarly.readDetails().get("gradient-norm")).isCloseTo(norm, within(1e-5 * norm));
        try (PointerScope scope = new PointerScope()) {
            assertThat(different(early.model(), whole.model())).isEmpty();

            early.step().begin(TinyModel.START, logOfEarly);
            early.step().learn(early.reader().masked(batches.get(0), TinyModel.START), TinyModel.START, 1, logOfEarly);
            List<Long> held = new ArrayList<>();
            eachWeight(early.model(), (name, weight) -> held.add(weight.grad().defined() ? weight.numel() : 0));
            assertThat(held.stream().mapToLong(Long::longValue).sum()).isBetween(1L, early.model().parts().values().stream()
                    .flatMap(part -> part.learning().values().stream()).mapToLong(Tensor::numel).sum() / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"runtime.recompute=false", "runtime.recompute=true", "train.early-update=true"})
    void aStepReturnsEveryTensorThatItMakes(String setting) {
        TinyModel tiny = TinyModel.with(setting);
        List<Batch> batches = List.of(tiny.batch());
        StepLog log = new StepLog();
        long before = 0;
        for (int step = 0; step < 60; step++) {
            log.detailed(step % 5 == 0);
            tiny.step().run(batches, TinyModel.START, log);
            if (step % 10 == 9) {
                log.readLoss();
                log.readEpochLoss();
                log.readDetails();
                before = step == 9 ? Pointer.totalCount() : before;
            }
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    /** Steps 1 and 2: the loss of one is not finite, the gradient of the other; after both a third one moves all again. */
    @ParameterizedTest
    @ValueSource(strings = {"runtime.precision=fp32", "runtime.precision=bf16", "runtime.precision=fp64", "train.clip-norm=1",
            "train.accumulation=2", "train.early-update=true", "runtime.recompute=true"})
    void leavesWeightsAndOptimizerAsTheyAreWhereLossOrGradientIsNotFinite(String setting) {
        String[] recipe =
                {setting, "target=stop-gradient", "losses=[patch-discrimination, {name: faulty, loss: [1], gradient: [2]}]"};
        TinyModel tiny = TinyModel.with(recipe);
        TinyModel spared = TinyModel.with(recipe);
        List<Batch> batches = Collections.nCopies(tiny.assembly().recipe().train().accumulation(), tiny.batch());
        List<Integer> results = new ArrayList<>();
        for (int step = 0; step < 4; step++) {
            tiny.step().run(batches, at(step), new StepLog());
            results.add(result(tiny));
            if (step == 0 || step == 3) {
                spared.step().run(batches, at(step), new StepLog());
            }
            assertThat(different(learning(tiny), learning(spared))).as("after step " + step).isEmpty();
            assertThat(different(tiny.optimization().state(), spared.optimization().state())).isEmpty();
        }
        assertThat(results).containsExactly(0, 1, 2, 0);
        assertThat(tiny.optimization().state().get("step").item_double()).isEqualTo(2);
    }

    @Test
    void oneBadBatchSkipsTheStepOfSeveral() {
        TinyModel tiny = TinyModel.with("losses=[patch-discrimination, {name: faulty, loss: [1]}]");
        try (PointerScope scope = new PointerScope()) {
            Map<String, Tensor> before = new LinkedHashMap<>();
            learning(tiny).forEach((name, weight) -> before.put(name, weight.detach().clone()));
            StepLog log = new StepLog();
            tiny.step().begin(at(0), log);
            MaskedPatches patches = tiny.reader().masked(tiny.batch(), at(0));
            tiny.step().learn(patches, at(1), 0.5, log);
            tiny.step().learn(patches, at(0), 0.5, log);
            tiny.step().update(log);
            assertThat(different(learning(tiny), before)).isEmpty();
            assertThat(result(tiny)).isEqualTo(StepResult.LOSS_NOT_FINITE.ordinal());
            assertThat(log.readLoss()).as("that of the other batch").isFinite();
        }
    }

    private static Progress at(int step) {
        return new Progress(step, 12, 0.1 * step, 2, 4);
    }

    private static int result(TinyModel tiny) {
        try (Tensor result = tiny.optimization().result()) {
            return (int) result.item_float();
        }
    }

    private static double lossAfterMoving(TinyModel tiny, MaskedPatches patches, double distance) {
        try (NoGradGuard frozen = new NoGradGuard()) {
            eachWeight(tiny.model(), (name, weight) -> weight.add_(weight.grad(), new Scalar(distance)));
            Reconstruction reconstruction = tiny.step().reconstruct(patches).get(0);
            return tiny.objective().losses().stream()
                    .mapToDouble(term -> term.weight() * term.loss().loss(reconstruction, TinyModel.START).item_double())
                    .sum();
        }
    }

    private static MaskedPatches half(MaskedPatches patches, int from) {
        return new MaskedPatches(patches.values().narrow(0, from, 2), patches.visibleIds().narrow(0, from, 2),
                patches.maskedIds().narrow(0, from, 2), patches.omittedIds().narrow(0, from, 2));
    }

    /** The names of the weights of which any bit differs. */
    private static List<String> different(LatentMim one, LatentMim other) {
        return different(learning(one), learning(other));
    }

    private static List<String> different(Map<String, Tensor> some, Map<String, Tensor> others) {
        try (PointerScope scope = new PointerScope()) {
            assertThat(some.keySet()).isNotEmpty().isEqualTo(others.keySet());
            return some.keySet().stream().filter(name -> !some.get(name).equal(others.get(name))).toList();
        }
    }

    private static Map<String, Tensor> learning(TinyModel tiny) {
        return learning(tiny.model());
    }

    private static Map<String, Tensor> learning(LatentMim model) {
        Map<String, Tensor> learning = new LinkedHashMap<>();
        eachWeight(model, learning::put);
        return learning;
    }

    private static Map<String, double[]> gradients(LatentMim model) {
        Map<String, double[]> gradients = new LinkedHashMap<>();
        eachWeight(model, (name, weight) -> gradients.put(name, GoldenModel.doubles(weight.grad())));
        return gradients;
    }

    private static Map<String, double[]> weights(LatentMim model) {
        Map<String, double[]> weights = new LinkedHashMap<>();
        eachWeight(model, (name, weight) -> weights.put(name, GoldenModel.doubles(weight)));
        return weights;
    }

    private static void eachWeight(LatentMim model, BiConsumer<String, Tensor> action) {
        model.parts().forEach((prefix, part) ->
                part.learning().forEach((name, weight) -> action.accept(prefix + "." + name, weight)));
    }

    private static double square(double value) {
        return value * value;
    }
}
