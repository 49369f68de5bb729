package org.latentmim.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.CheckpointState;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Metrics;
import org.latentmim.train.RunListener;

/** Twelve steps, six an epoch. */
class GoOnTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static final int END = Integer.MAX_VALUE;

    @TempDir
    Path temporary;

    private final Told told = new Told();

    @Test
    void fallsBackToTheCheckpointBeforeADamagedOneAndEndsAsIfNothingHadBeen() throws IOException {
        Path unbroken = temporary.resolve("unbroken");
        run(unbroken, END);
        Path damaged = temporary.resolve("damaged");
        run(damaged, 5);
        goOn(damaged, 8);
        flipAByte(damaged.resolve("checkpoints/step-000000008/optimizer.safetensors"));

        Outcome outcome = goOn(damaged, END);
        assertThat(told.noted).containsExactly(
                "A checkpoint is damaged, and the run goes on from the one before, step-000000005: "
                        + damaged.resolve("checkpoints/step-000000008/optimizer.safetensors")
                        + " is not as it was written: its SHA-256 is another one.",
                "Going on after step 5 of 12.");
        assertThat(damaged.resolve("checkpoints/damaged-step-000000008")).isDirectory();
        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.checkpoint().resolve("model.safetensors"))
                .hasSameBinaryContentAs(unbroken.resolve("checkpoints/step-000000012/model.safetensors"));
        assertThat(steps(damaged)).isEqualTo(steps(unbroken));
    }

    @Test
    void refusesARunWithoutAWholeCheckpointAndLeavesItAsItIs() throws IOException {
        run(temporary, 5);
        Path state = temporary.resolve("checkpoints/step-000000005/state.json");
        Files.writeString(state, "{");
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> goOn(temporary, END)).withMessageMatching(
                "(?s)A run cannot go on from any checkpoint in \\Q" + temporary.resolve("checkpoints") + "\\E:\n  \\Q" + state
                        + "\\E cannot be read: .*\nBegin a new run with another --out\\.");
        assertThat(state).exists();
    }

    @Test
    void beginsAnewWhereItWasKilledBeforeItsFirstCheckpoint() throws IOException {
        run(temporary.resolve("one"), END);
        run(temporary.resolve("two"), 7);
        delete(temporary.resolve("two/checkpoints"));
        goOn(temporary.resolve("two"), END);
        assertThat(told.noted).containsExactly("Going on after step 0 of 12.");
        assertThat(steps(temporary.resolve("two"))).isEqualTo(steps(temporary.resolve("one")));
    }

    @Test
    void saysWhatDiffersInARecipeThatWouldMakeAnotherRunOfIt() {
        run(temporary, 5);
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> goOn(temporary, END, "train.batch=6", "target=shared", "run.log-every=1"))
                .withMessage("The run in " + temporary + " cannot go on with this recipe, which would make another run of it:\n"
                        + "  target.from: 0.9 in the run, nothing now\n"
                        + "  target.name: momentum in the run, shared now\n"
                        + "  target.schedule: cosine in the run, nothing now\n"
                        + "  target.to: 1.0 in the run, nothing now\n"
                        + "  target.until: 1.0 in the run, nothing now\n"
                        + "  train.batch: 4 in the run, 6 now\n"
                        + "Put that back, or begin a new run with another --out. What may change: "
                        + String.join(", ", RecipeChange.ALLOWED) + ".");
    }

    @Test
    void goesOnWithMoreEpochsAndOtherLogsAndKeepsThatRecipe() {
        run(temporary, END);
        Outcome more = goOn(temporary, END, "train.epochs=3", "run.log-every=1", "runtime.workers=3", "run.keep-newest=1");
        assertThat(more.steps()).isEqualTo(18);
        assertThat(more.finished()).isTrue();
        assertThat(TinyRecipe.read(temporary.resolve("recipe.yaml")).train().epochs()).isEqualTo(3);
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> goOn(temporary, END, "train.epochs=2")).withMessage(
                "The run in " + temporary + " has done 18 steps, which is more than the 12 of this recipe. Raise train.epochs.");
    }

    @Test
    void aFinishedRunIsDoneAtOnce() throws IOException {
        Outcome first = run(temporary, END);
        List<Long> steps = steps(temporary);
        Outcome again = goOn(temporary, END);
        assertThat(again.finished()).isTrue();
        assertThat(again.checkpoint()).isEqualTo(first.checkpoint());
        assertThat(told.steps).isZero();
        assertThat(steps(temporary)).isEqualTo(steps);
    }

    /** The checkpoint of a run that is stopped after its last step does not know of the evaluation that follows. */
    @Test
    void judgesTheLastStepOnceHoweverOftenItIsBegunAgain() throws IOException {
        String[] judged = {"images.test={name: stripes, size: 10, first: 1000}", "evaluation.with=[size]"};
        Outcome whole = run(temporary.resolve("whole"), END, judged);
        Path stopped = temporary.resolve("stopped");
        assertThat(run(stopped, 12, judged).finished()).isFalse();
        for (int i = 0; i < 2; i++) {
            Outcome outcome = goOn(stopped, END, judged);
            assertThat(outcome.finished()).isTrue();
            assertThat(outcome.scores()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("seconds")
                    .isEqualTo(whole.scores());
            assertThat(steps(stopped)).isEqualTo(steps(temporary.resolve("whole")));
        }
    }

    @Test
    void refusesASecondProcess() {
        RuntimeException[] refused = new RuntimeException[1];
        RunListener second = new RunListener() {
            @Override
            public void stepped(long done) {
                try {
                    goOn(temporary, END);
                } catch (UsageException e) {
                    refused[0] = e;
                }
            }
        };
        try (Pretraining first = Pretraining.of(TinyRecipe.with(), temporary)) {
            assertThat(first.run(Map.of(), second, () -> false).finished()).isTrue();
        }
        assertThat(refused[0]).hasMessage("The run in " + temporary + " is being trained by another process, number "
                + ProcessHandle.current().pid() + ". Wait until it ends, or stop it.");
    }

    @Test
    void keepsTheBestAndTheNewestAndOneOfEveryFewEpochs() throws IOException {
        RunListener patient = new RunListener() {
            @Override
            public void stepped(long done) {
                if (done == 19) {
                    WriterAtRest.await(); // so that there is a checkpoint of the fourth epoch
                }
            }
        };
        try (Pretraining pretraining = Pretraining.of(TinyRecipe.with("run.checkpoint-steps=1", "run.keep-newest=1",
                "run.keep-every=3", "run.keep-best=epoch-loss", "run.best=lowest", "train.epochs=6"), temporary)) {
            pretraining.run(Map.of(), patient, () -> false);
        }
        List<CheckpointState> kept = new ArrayList<>();
        try (Stream<Path> folders = Files.list(temporary.resolve("checkpoints"))) {
            folders.filter(Files::isDirectory).sorted().forEach(folder -> kept.add(Checkpoint.open(folder).state()));
        }
        List<Double> losses = metrics(temporary).stream().filter(line -> line.has("epoch-loss"))
                .map(line -> line.get("epoch-loss").asDouble()).toList();
        assertThat(kept).hasSizeLessThanOrEqualTo(4);
        assertThat(kept).extracting(CheckpointState::step).contains(36L);
        assertThat(kept).anyMatch(state -> state.epoch() >= 3 && state.epoch() < 6);
        assertThat(kept.stream().filter(state -> state.metrics().containsKey("epoch-loss"))
                .mapToDouble(state -> state.metrics().get("epoch-loss")).min())
                .hasValue(losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow());
    }

    @Test
    void goesOnWithTheTrainingWhereACheckpointCannotBeWritten() throws IOException {
        Path inTheWay = temporary.resolve("run/checkpoints");
        RunListener listener = new RunListener() {
            @Override
            public void stepped(long done) {
                try {
                    if (done == 1) {
                        Files.writeString(inTheWay, "");
                    } else if (done == 12) {
                        Files.delete(inTheWay);
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }

            @Override
            public void noted(String sentence) {
                told.noted(sentence);
            }
        };
        try (Pretraining pretraining = Pretraining.of(TinyRecipe.with("run.checkpoint-epochs=1"), temporary.resolve("run"))) {
            assertThat(pretraining.run(Map.of(), listener, () -> false).checkpoint()).isDirectory();
        }
        assertThat(told.noted).singleElement().asString()
                .startsWith("The checkpoint " + inTheWay + "/step-000000006 cannot be written: ")
                .endsWith(" The run goes on, and tries again when the next is due.");
    }

    private Outcome run(Path folder, int until, String... overrides) {
        told.steps = 0;
        try (Pretraining pretraining = Pretraining.of(TinyRecipe.with(overrides), folder)) {
            return pretraining.run(Map.of(), told, () -> told.steps >= until);
        }
    }

    private Outcome goOn(Path folder, int until, String... overrides) {
        told.steps = 0;
        told.noted.clear();
        try (Pretraining pretraining = Pretraining.of(TinyRecipe.with(overrides), folder)) {
            return pretraining.goOn(
                    TinyRecipe.read(folder.resolve("recipe.yaml")), Map.of(), told, () -> told.steps >= until);
        }
    }

    private static void flipAByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 1;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }

    private static List<Long> steps(Path folder) throws IOException {
        return metrics(folder).stream().map(line -> line.get("step").asLong()).toList();
    }

    private static List<ObjectNode> metrics(Path folder) throws IOException {
        List<ObjectNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("metrics.jsonl"))) {
            lines.add((ObjectNode) JSON.readTree(line));
        }
        return lines;
    }

    private static final class Told implements RunListener {

        private final List<String> noted = new ArrayList<>();
        private long steps;

        @Override
        public void stepped(long done) {
            steps = done;
        }

        @Override
        public void logged(Metrics metrics) {
            assertThat(metrics.step()).isPositive();
        }

        @Override
        public void noted(String sentence) {
            noted.add(sentence);
        }
    }
}
