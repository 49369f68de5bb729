package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.runtime.FailureException;
import org.latentmim.train.JudgedScore;
import org.latentmim.train.RunListener;

/** On runs that earlier versions wrote and stopped after 7 of 12 steps, as they left them. */
class OlderFormatsTest {

    private static final RunListener NOBODY = new RunListener() {};

    @TempDir
    Path temporary;

    private double unbroken;

    @BeforeEach
    void runOfToday() {
        Path folder = temporary.resolve("unbroken");
        try (Pretraining run = Pretraining.of(recipe("format-2"), folder)) {
            unbroken = trained(run.run(Map.of(), NOBODY, () -> false).scores());
        }
    }

    @Test
    void formatOneIsJudgedButNotGoneOnFrom() {
        Path folder = copy("format-1");
        Checkpoint checkpoint = Checkpoint.open(RunDirectory.open(folder).checkpoints());
        assertThat(Scoring.of(recipe("format-1")).all(checkpoint, NOBODY)).hasSize(3)
                .allSatisfy(judged -> assertThat(judged.score().value()).isPositive());
        Path state = folder.resolve("checkpoints/step-000000007/state.json");
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> goOn(folder))
                .withMessageContaining(state + " lists no files: an older version wrote it, from which no run can go on");
    }

    @Test
    void formatTwoIsGoneOnFrom() {
        Path folder = copy("format-2");
        Outcome outcome = goOn(folder);
        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.steps()).isEqualTo(12);
        assertThat(outcome.scores()).extracting(judged -> judged.representation())
                .containsExactly("pixels", "untrained", "trained");
        assertThat(outcome.scores().get(0).score().value()).isCloseTo(0.6110736727714539, within(1e-5));
        assertThat(trained(outcome.scores())).isCloseTo(unbroken, within(0.01 * unbroken));
    }

    private static double trained(List<JudgedScore> scores) {
        return scores.get(scores.size() - 1).score().value();
    }

    private Outcome goOn(Path folder) {
        Recipe before = TinyRecipe.read(folder.resolve("recipe.yaml"));
        try (Pretraining run = Pretraining.of(before, folder)) {
            return run.goOn(before, Map.of(), NOBODY, () -> false);
        }
    }

    private Recipe recipe(String format) {
        return TinyRecipe.read(fixture(format).resolve("recipe.yaml"));
    }

    private Path copy(String format) {
        Path from = fixture(format);
        Path to = temporary.resolve(format);
        try (Stream<Path> entries = Files.walk(from)) {
            for (Path entry : entries.toList()) {
                Files.copy(entry, to.resolve(from.relativize(entry)));
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path fixture(String format) {
        try {
            return Path.of(OlderFormatsTest.class.getResource("/checkpoints/" + format).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
