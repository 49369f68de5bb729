package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.data.Batch;
import org.latentmim.data.EvaluationView;
import org.latentmim.data.OrderedImages;
import org.latentmim.pipeline.Assembly;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.runtime.Natives;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.PairwiseSimilarity;
import org.latentmim.train.PatchReader;
import org.latentmim.train.RunListener;

/**
 * The paper's first two challenges, seen and not only told: with a joint target and direct reconstruction the encoder says the
 * same of everything; with a momentum target and patch discrimination it does not.
 */
class CollapseTest {

    private static final List<String> SMALL = List.of("images.train.to=1920", "evaluation.with=[]", "train.epochs=8",
            "encoder.width=64", "encoder.depth=2", "encoder.heads=2", "encoder.projector.width=128", "run.log-every=100",
            "runtime.device=cpu");

    @TempDir
    private Path folder;

    @Test
    void aJointTargetWithDirectReconstructionCollapses() {
        assertThat(similarityAfterTraining("target=shared", "losses=[l2]")).isGreaterThan(0.95);
    }

    @Test
    void aMomentumTargetWithPatchDiscriminationDoesNot() {
        assertThat(similarityAfterTraining("target=momentum", "losses=[patch-discrimination]")).isLessThan(0.6);
    }

    /** The mean cosine similarity of what the last block says of any two patches of 100 images, after 240 steps. */
    private double similarityAfterTraining(String... changes) {
        Natives.prepare();
        List<String> overrides = new ArrayList<>(SMALL);
        overrides.addAll(List.of(changes));
        try (Pretraining run = Pretraining.of(Recipes.read("quickstart", overrides), folder.resolve("run"))) {
            assertThat(run.run(Map.of(), new RunListener() {}, () -> false).steps()).isEqualTo(240);
            return similarity(run.assembly());
        }
    }

    private static double similarity(Assembly run) {
        EvaluationView view = run.get(EvaluationView.class);
        try (OrderedImages images = new OrderedImages(run.testImages().orElseThrow(), view, 100, 1);
                PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Batch batch = images.next();
            Encoder encoder = run.onlineEncoder();
            Tensor tokens = encoder.blocks(run.get(PatchReader.class).whole(batch.pixels(), batch.size()), 1).get(0);
            Tensor patches = tokens.narrow(1, encoder.prefixTokens(), tokens.size(1) - encoder.prefixTokens());
            return PairwiseSimilarity.mean(patches.reshape(1, -1, encoder.width())).item_double();
        }
    }
}
