package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.health.Diagnosis;
import org.latentmim.health.Verdict;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.runtime.Natives;
import org.latentmim.train.RunListener;

/**
 * What the paper says of its ladder, seen and not only told: with a joint target and direct reconstruction the encoder says the
 * same of everything; with a joint target and patch discrimination both sides agree on where a patch lies; with a momentum target
 * and patch discrimination it learns. The verdict on each is the right one.
 */
class CollapseTest {

    private static final List<String> SMALL = List.of("images.train.to=1920", "evaluation.with=[]", "train.epochs=6",
            "encoder.width=64", "encoder.depth=2", "encoder.heads=2", "encoder.projector.width=128", "run.log-every=100",
            "runtime.device=cpu", "health.every=24");

    @TempDir
    private Path folder;

    @Test
    void aJointTargetWithDirectReconstructionCollapsesAcrossImages() {
        Diagnosis health = after(180, "target=shared", "losses=[l2]");
        assertThat(health.verdict()).isEqualTo(Verdict.COLLAPSING_ACROSS_IMAGES);
        assertThat(health.measured().get("similarity/across")).isGreaterThan(0.96);
    }

    @Test
    void aJointTargetWithPatchDiscriminationAgreesOnACodeOfThePlace() {
        Diagnosis health = after(180, "target=shared", "losses=[patch-discrimination]");
        assertThat(health.verdict()).isEqualTo(Verdict.POSITION_CODE);
        assertThat(health.measured().get("similarity/same-place")).isGreaterThan(0.9);
        assertThat(health.measured().get("similarity/across")).isLessThan(0.8);
        assertThat(health.measured().get("loss")).isLessThan(0.5); // far better than the one that learns
    }

    @Test
    void aMomentumTargetWithPatchDiscriminationIsHealthy() {
        Diagnosis health = after(180, "target=momentum", "losses=[patch-discrimination]");
        assertThat(health.verdict()).isEqualTo(Verdict.HEALTHY);
        assertThat(health.since()).isEqualTo(24);
        assertThat(health.measured().get("similarity/across")).isLessThan(0.8);
        assertThat(health.measured().get("variance/place")).isLessThan(0.5);
    }

    @Test
    void aLearningRateAThousandTimesTooHighDiverges() {
        assertThat(after(90, "train.epochs=3", "train.base-learning-rate=3").verdict()).isEqualTo(Verdict.DIVERGING);
    }

    /** What the last of the looks came to. */
    private Diagnosis after(long steps, String... changes) {
        Natives.prepare();
        List<String> overrides = new ArrayList<>(SMALL);
        overrides.addAll(List.of(changes));
        try (Pretraining run = Pretraining.of(Recipes.read("quickstart", overrides), folder.resolve("run"))) {
            Diagnosis last = run.run(Map.of(), new RunListener() {}, () -> false).health().orElseThrow();
            assertThat(last.step()).isEqualTo(steps);
            return last;
        }
    }
}
