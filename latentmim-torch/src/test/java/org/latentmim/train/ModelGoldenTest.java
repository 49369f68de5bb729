package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.PairwiseSimilarity;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Reconstruction;
import org.latentmim.testing.GoldenFiles;
import org.latentmim.testing.Recording;
import org.latentmim.vit.Patchify;

/** Our numbers are those of the published implementation. */
class ModelGoldenTest {

    /** What double precision makes of a number that is zero in truth. */
    private static final double ROUNDING = 1e-14;

    static List<Recording> models() {
        return GoldenFiles.models();
    }

    @ParameterizedTest
    @MethodSource("models")
    void patchesAreCutAsPublished(Recording recording) {
        try (PointerScope scope = new PointerScope()) {
            Tensor images = recording.tensor("images").permute(0, 2, 3, 1).contiguous();
            Map<String, Object> config = recording.config();
            int side = (int) recording.number("grid_size");
            PatchGrid grid = new PatchGrid(side, side, (int) recording.number("patch_size"), (int) recording.number("patch_gap"), 3);
            int[] offsets = new int[(int) images.size(0) * 2 * grid.size()];
            if ((Double) config.get("patch_gap") > 0) {
                double[] y = recording.doubles("offset_y");
                double[] x = recording.doubles("offset_x");
                for (int i = 0; i < y.length; i++) {
                    offsets[2 * i] = (int) y[i];
                    offsets[2 * i + 1] = (int) x[i];
                }
            }

            Tensor patches = new Patchify(grid).cut(images, offsets);

            assertThat(patches.equal(recording.tensor("patches"))).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void positionsAreThoseOfThePublishedModel(Recording recording) {
        try (PointerScope scope = new PointerScope()) {
            GoldenModel golden = GoldenModel.of(recording, "fp32");
            var fresh = org.latentmim.pipeline.Assembly.of(golden.recipe());

            close(fresh.onlineEncoder().parameters().all().get("pos_embed.pos_embeds"), recording,
                    "init.encoder.pos_embed.pos_embeds", 1e-5);
            close(fresh.objectives().get(0).decoder().parameters().all().get("pos_embed.pos_embeds"), recording,
                    "init.decoder.pos_embed.pos_embeds", 1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyValueAndGradientIsMetInDoublePrecision(Recording recording) {
        try (PointerScope scope = new PointerScope()) {
            GoldenModel golden = GoldenModel.of(recording, "fp64");

            Tensor encoded = golden.model().online().encode(golden.patches().visible());
            close(encoded, recording, "f64.encoded_visible", 1e-9);

            Reconstruction reconstruction = golden.step().reconstruct(golden.patches()).get(0);
            close(reconstruction.targets(), recording, "f64.target", 1e-9);
            close(reconstruction.predicted(), recording, "f64.prediction", 1e-9);
            close(PairwiseSimilarity.mean(reconstruction.predicted()), recording, "f64.sim_pred", 1e-9);
            close(PairwiseSimilarity.mean(reconstruction.visible()), recording, "f64.sim_vis", 1e-9);
            close(PairwiseSimilarity.mean(reconstruction.targets()), recording, "f64.sim_trg", 1e-9);
            close(golden.objective().losses().get(0).loss().loss(reconstruction, GoldenModel.PROGRESS), recording,
                    "f64.reconstruction_loss", 1e-9);

            StepLog log = new StepLog();
            golden.step().learn(golden.patches(), GoldenModel.PROGRESS, 1, log);
            double loss = recording.scalar("f64.loss");
            assertThat(log.readLoss()).isCloseTo(loss, within(1e-9 * Math.abs(loss)));
            golden.model().parts().forEach((prefix, part) -> part.learning().forEach((name, weight) ->
                    close(weight.grad(), recording, "f64.grad." + prefix + "." + name, 1e-6)));
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void featuresForEvaluationAreMetInDoublePrecision(Recording recording) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            GoldenModel golden = GoldenModel.of(recording, "fp64");
            Tensor images = recording.tensor("eval.images").permute(0, 2, 3, 1).contiguous().to(ScalarType.Double);
            PatchGrid grid = golden.assembly().grid().withoutGap();
            Tensor patches = new Patchify(grid).cut(images, new int[(int) images.size(0) * 2 * grid.size()]);
            Tensor ids = org.bytedeco.pytorch.global.torch.arange(new Scalar(grid.size())).to(ScalarType.Long)
                    .expand(images.size(0), grid.size());

            Tensor tokens = golden.model().online().blocks(new Patches(patches, ids), 1).get(0);

            close(tokens.narrow(1, 1, grid.size()).mean(1), recording, "f64.eval.features", 1e-9);
        }
    }

    /**
     * AdamW divides a gradient by its own size, so a weight whose true gradient is zero moves by the sign of rounding errors:
     * the bias of keys, for one, which softmax does not feel. Nobody meets such numbers, not the published code on another
     * machine either. Gradients in single precision carry errors of some 1e-7 of the largest one; to move a weight by 1e-5,
     * which is 1% of a step, such an error must be 1% of its gradient. So weights whose true gradient, asked of a run in double
     * precision, is once below 1e-5 of the largest may differ by what AdamW can move, and must be few; all others may differ by
     * 1e-5.
     */
    @ParameterizedTest
    @MethodSource("models")
    void threeStepsInSinglePrecisionEndAtTheSameWeights(Recording recording) {
        try (PointerScope scope = new PointerScope()) {
            Map<String, double[]> smallestGradients = new HashMap<>();
            train(GoldenModel.of(recording, "fp64"), smallestGradients);
            double noise = 1e-5 * smallestGradients.values().stream().flatMapToDouble(Arrays::stream).max().orElseThrow();

            GoldenModel golden = GoldenModel.of(recording, "fp32");
            train(golden, new HashMap<>());

            double farthest = 2 * recording.doubles("train.losses").length * recording.number("train_lr");
            long all = smallestGradients.values().stream().mapToLong(gradients -> gradients.length).sum();
            long unmeetable = smallestGradients.values().stream().flatMapToDouble(Arrays::stream).filter(g -> g < noise).count();
            assertThat((double) unmeetable / all).as("share of weights that move by rounding errors").isLessThan(0.01);

            golden.model().parts().forEach((prefix, part) -> part.all().forEach((name, weight) -> {
                String full = prefix + "." + name;
                String recorded = recording.names().contains("after." + full) ? "after." + full : "init." + full;
                double[] gradients = smallestGradients.get(full.replace("target_encoder", "encoder"));
                double[] expected = recording.doubles(recorded);
                double[] actual = GoldenModel.doubles(weight);
                for (int i = 0; i < expected.length; i++) {
                    boolean moved = gradients != null && gradients[i] < noise;
                    assertThat(actual[i]).as("%s[%d] of %s", recorded, i, recording)
                            .isCloseTo(expected[i], within(moved ? farthest : 1e-5 * Math.max(1, Math.abs(expected[i]))));
                }
            }));
        }
    }

    private static void train(GoldenModel golden, Map<String, double[]> smallestGradients) {
        for (double expected : golden.recording().doubles("train.losses")) {
            StepLog log = new StepLog();
            golden.step().begin(GoldenModel.PROGRESS, log);
            golden.step().learn(golden.patches(), GoldenModel.PROGRESS, 1, log);
            assertThat(log.readLoss()).isCloseTo(expected, within(1e-5 * Math.abs(expected)));
            golden.model().parts().forEach((prefix, part) -> part.learning().forEach((name, weight) ->
                    smallestGradients.merge(prefix + "." + name, GoldenModel.doubles(weight.grad().abs()), ModelGoldenTest::smaller)));
            golden.step().update(log);
        }
    }

    private static double[] smaller(double[] a, double[] b) {
        double[] smaller = new double[a.length];
        Arrays.setAll(smaller, i -> Math.min(a[i], b[i]));
        return smaller;
    }

    /** Each number differs by no more than a share of its size, or of the root mean square of the tensor where that is larger. */
    private static void close(Tensor actual, Recording recording, String name, double share) {
        double[] expected = recording.doubles(name);
        double[] values = GoldenModel.doubles(actual);
        assertThat(values).as("%s of %s", name, recording).hasSameSizeAs(expected);
        double size = Math.sqrt(Arrays.stream(expected).map(value -> value * value).average().orElseThrow());
        for (int i = 0; i < values.length; i++) {
            double tolerance = Math.max(ROUNDING, share * Math.max(Math.abs(expected[i]), size));
            assertThat(values[i]).as("%s[%d] of %s", name, i, recording).isCloseTo(expected[i], within(tolerance));
        }
    }
}
