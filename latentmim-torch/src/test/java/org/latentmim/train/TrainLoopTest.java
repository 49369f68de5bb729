package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.mock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.data.Batch;
import org.latentmim.data.Loader;
import org.latentmim.runtime.FailureException;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Metrics;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Score;

/** Six batches of four images an epoch, two epochs. */
class TrainLoopTest {

    @TempDir
    private static Path folder;

    @BeforeEach
    void noneSkipped() throws IOException {
        Files.deleteIfExists(folder.resolve("skipped.jsonl"));
    }

    @Test
    void trainsForAllStepsAndLogsTheFirstEveryFifthAndTheLast() {
        Run run = new Run("run.log-every=5");
        run.go();
        assertThat(run.loop.plan()).isEqualTo(new RunPlan(12, 6, 2, 4));
        assertThat(run.plan).isEqualTo(run.loop.plan());
        assertThat(run.loop.done()).isEqualTo(12);
        assertThat(run.loop.epoch()).isEqualTo(2);
        assertThat(run.stepped).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(run.with("loss")).extracting(Metrics::step).containsExactly(1L, 5L, 10L, 12L);
        assertThat(run.with("loss")).extracting(Metrics::epoch).containsExactly(1 / 6.0, 5 / 6.0, 10 / 6.0, 2.0);
        assertThat(run.with("loss")).allSatisfy(metrics -> assertThat(metrics.values().keySet()).containsExactly(
                "loss", "loss/patch-discrimination", "loss/similarity-constraint", "similarity/predicted", "similarity/visible",
                "similarity/target", "gradient-norm", "learning-rate", "images-per-second", "data-wait"));
        assertThat(run.written).isEqualTo(run.logged);
    }

    @Test
    void logsTheMeanLossSinceTheLastLineAndOfTheEpoch() {
        Run each = new Run("run.log-every=1");
        each.go();
        List<Double> losses = each.losses();
        Run run = new Run("run.log-every=4");
        run.go();
        assertThat(run.losses()).hasSize(4).satisfiesExactly(
                loss -> assertThat(loss).isEqualTo(losses.get(0)),
                loss -> assertThat(loss).isCloseTo(mean(losses.subList(1, 4)), within(1e-5)),
                loss -> assertThat(loss).isCloseTo(mean(losses.subList(4, 8)), within(1e-5)),
                loss -> assertThat(loss).isCloseTo(mean(losses.subList(8, 12)), within(1e-5)));
        List<Metrics> epochs = run.with("epoch-loss");
        assertThat(epochs).extracting(Metrics::step).containsExactly(6L, 12L);
        assertThat(epochs.get(0).values().get("epoch-loss")).isCloseTo(mean(losses.subList(0, 6)), within(1e-5));
        assertThat(epochs.get(1).values().get("epoch-loss")).isCloseTo(mean(losses.subList(6, 12)), within(1e-5));
    }

    @Test
    void logsTheLearningRateThatTheStepHad() {
        Run run = new Run("run.log-every=1");
        run.go();
        LearningRate expected = new LearningRate(run.tiny.assembly().recipe().train());
        for (int step = 0; step < 12; step++) {
            assertThat(run.with("loss").get(step).values().get("learning-rate")).isEqualTo(expected.at(step / 6.0));
        }
    }

    @Test
    void logsTheWeightDecayThatTheStepHadWhereItChanges() {
        Run run = new Run("run.log-every=1", "train.weight-decay=0.1", "train.weight-decay-to=0.3");
        run.go();
        for (int step = 0; step < 12; step++) {
            assertThat(run.with("loss").get(step).values().get("weight-decay"))
                    .isCloseTo(0.2 - 0.1 * Math.cos(Math.PI * step / 12), within(1e-15));
        }
    }

    @Test
    void learns() {
        Run run = new Run("run.log-every=1", "train.epochs=20", "losses=[normalized-l2]");
        run.go();
        List<Metrics> epochs = run.with("epoch-loss");
        assertThat(epochs.get(19).values().get("epoch-loss")).isLessThan(0.9 * epochs.get(0).values().get("epoch-loss"));
    }

    @Test
    void endsAfterTheStepInWhichItIsStopped() {
        Run run = new Run();
        run.go(() -> run.stepped.size() == 7);
        assertThat(run.loop.done()).isEqualTo(7);
        assertThat(run.loop.epoch()).isEqualTo(7 / 6.0);
        assertThat(run.judged).isEmpty();
    }

    @Test
    void doesNothingIfItIsStoppedAtOnce() {
        Run run = new Run();
        run.go(() -> true);
        assertThat(run.loop.done()).isZero();
        assertThat(run.logged).isEmpty();
    }

    @Test
    void evaluatesAtTheEnd() {
        Run run = new Run("train.epochs=3");
        run.go();
        assertThat(run.judged).containsExactly(3.0);
        assertThat(run.loop.scores()).extracting(JudgedScore::epoch).containsExactly(3.0);
        assertThat(run.with("score/knn/accuracy")).containsExactly(new Metrics(18, 3, Map.of("score/knn/accuracy", 30.0)));
    }

    @Test
    void evaluatesEveryFewEpochsAndAtTheEnd() {
        Run run = new Run("train.epochs=5", "run.evaluate-every=2");
        run.go();
        assertThat(run.judged).containsExactly(2.0, 4.0, 5.0);
        assertThat(run.loop.scores()).isEqualTo(run.evaluated);
        assertThat(run.with("score/knn/accuracy")).extracting(Metrics::step).containsExactly(12L, 24L, 30L);
    }

    @Test
    void logsNoScoresWhereThereAreNone() {
        Run run = new Run(TinyModel.with(), epoch -> List.of());
        run.go();
        assertThat(run.evaluated).isEmpty();
        assertThat(run.logged.get(run.logged.size() - 1).values()).containsOnlyKeys("epoch-loss");
    }

    @Test
    void saysWhichStepsMetricsCannotBeWritten() throws IOException {
        MetricSink broken = mock(MetricSink.class);
        doNothing().doThrow(new IOException("no space left on device")).when(broken).record(any());
        Run run = new Run(List.of(broken));
        assertThatExceptionOfType(FailureException.class).isThrownBy(run::go)
                .withMessage("cannot write the metrics of step 4: no space left on device");
        assertThat(run.stepped).containsExactly(1L, 2L, 3L);
    }

    @Test
    void skipsStepsThatAreNotFiniteAndLeavesThemOutOfMeans() throws IOException {
        Run run = new Run("run.log-every=4", "losses=[{name: faulty, loss: [1, 4, 5, 6, 7], gradient: [2]}]");
        run.go();
        assertThat(run.loop.done()).isEqualTo(12);
        assertThat(run.noted).containsExactly(notice(2), notice(5));
        assertThat(run.logged).extracting(Metrics::step).containsExactly(1L, 4L, 6L, 8L, 12L, 12L, 12L);
        assertThat(run.with("loss")).extracting(Metrics::step).containsExactly(1L, 4L, 12L);
        assertThat(run.losses()).allMatch(Double::isFinite);
        assertThat(run.logged.get(3).values()).containsOnlyKeys(
                "similarity/predicted", "similarity/visible", "similarity/target", "gradient-norm", "learning-rate",
                "images-per-second", "data-wait", "skipped-steps");
        assertThat(run.with("skipped-steps")).extracting(metrics -> metrics.values().get("skipped-steps"))
                .containsExactly(2.0, 6.0, 6.0);
        assertThat(run.loop.state().setbacks()).isEqualTo(new Setbacks(6, 0, 0, 1));
        List<String> lines = Files.readAllLines(folder.resolve("skipped.jsonl"));
        assertThat(lines).hasSize(6).element(1).asString().matches("\\{\"step\":3,\"epoch\":0,\"reason\":\"gradient\","
                + "\"images\":\\[\\d+,\\d+,\\d+,\\d+],\"ids\":\\[(\"stripes \\d+\",?){4}]}");
        try (Loader loader = run.tiny.loader()) {
            loader.start(1, 1);
            List<Integer> images = Arrays.stream(loader.next().images()).boxed().toList();
            assertThat(lines.get(5)).startsWith("{\"step\":8,\"epoch\":1,\"reason\":\"loss\",\"images\":"
                    + images.toString().replace(" ", ""));
        }
    }

    @Test
    void stopsAfterTooManySkippedStepsWhereThereIsNothingToGoBackTo() {
        Run run = new Run("train.setbacks.skips=3", "losses=[{name: faulty, loss: [2, 4, 5, 6]}]");
        assertThatExceptionOfType(FailureException.class).isThrownBy(run::go).withMessage(
                "The loss or gradient of 3 steps in a row, up to step 7, is not finite, and there is no checkpoint to go back to."
                        + " The images of these steps are listed in " + folder.resolve("skipped.jsonl") + "; a lower"
                        + " train.base-learning-rate, train.clip-norm=3 or runtime.precision=fp32 may help.");
        assertThat(run.stepped).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void goesBackAtOnceWhereABadGradientMayHaveMovedWeightsAlready() {
        Run run = new Run("train.early-update=true", "losses=[{name: faulty, loss: [2], gradient: [4]}]");
        assertThatExceptionOfType(FailureException.class).isThrownBy(run::go).withMessageStartingWith(
                "The gradient of step 5 is not finite, and train.early-update may have moved some weights by then, and there is");
        assertThat(run.stepped).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void saysAtWhatStepAndInWhatPhaseSomethingNativeFailedAndOfWhatShapes() {
        Run run = new Run("losses=[{name: faulty, shapes: 2}]");
        assertThatExceptionOfType(FailureException.class).isThrownBy(run::go).withMessageMatching(
                "Step 3 failed while its loss was found \\(patches \\[4, 12, 48], visible \\[4, 4], masked \\[4, 8]\\):"
                        + " Expected size for first two dimensions of batch2 tensor to be: \\[4, 16] but got: \\[4, 8]\\.;"
                        + " there is no checkpoint yet\\.")
                .withCauseInstanceOf(RuntimeException.class);
    }

    @Test
    void saysWhatNeedsLessMemoryAndWhatIsLeft() {
        Path checkpoint = Path.of("runs/one/checkpoints/step-000000002");
        Run run = new Run("losses=[{name: faulty, memory: 2}]");
        Safekeeping keeping = new Safekeeping() {
            @Override
            public Optional<Path> last() {
                return Optional.of(checkpoint);
            }
        };
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> run.go(keeping)).withMessage(
                "There was not enough memory at step 3, while its loss was found (patches [4, 12, 48], visible [4, 4], masked"
                        + " [4, 8]): a smaller train.batch than 4 (with more train.accumulation) may do; the last checkpoint is "
                        + checkpoint + ".");
    }

    @Test
    void saysWhatNeedsLessMemoryWhereImagesAreLoaded() {
        Run run = new Run("images.train={name: stripes, size: 24, huge: 7}", "run.tolerate-unreadable=1");
        assertThatExceptionOfType(FailureException.class).isThrownBy(run::go).withMessageMatching(
                "There was not enough memory at step [1-6], while its images were loaded: fewer runtime.workers, or a smaller"
                        + " train.batch than 4, may do; there is no checkpoint yet\\.");
    }

    @Test
    void saysWhatNeedsLessMemoryWhereItIsSeenHowItLearns() {
        Run run = new Run();
        run.examination = (done, step, optimization) -> {
            throw new OutOfMemoryError();
        };
        assertThatExceptionOfType(FailureException.class).isThrownBy(run::go).withMessage("There was not enough memory at step 1,"
                + " while it was seen how it learns: fewer health.images may do; there is no checkpoint yet.");
    }

    private static String notice(long step) {
        return "Step " + step + " is skipped, since its loss or gradient is not finite; its images are listed in "
                + folder.resolve("skipped.jsonl") + ".";
    }

    @Test
    void givesTheSameLossesOnAnyNumberOfWorkers() {
        Run one = new Run("run.log-every=1", "runtime.workers=1");
        Run three = new Run("run.log-every=1", "runtime.workers=3");
        Run other = new Run("run.log-every=1", "run.seed=4");
        one.go();
        three.go();
        other.go();
        assertThat(one.losses()).hasSize(12).isEqualTo(three.losses()).isNotEqualTo(other.losses());
    }

    /** Six batches make one step of four; the fifth and the sixth are left out, and the next step begins with the next epoch. */
    @Test
    void leavesOutBatchesThatMakeNoWholeStep() {
        Run run = new Run("run.log-every=1", "train.accumulation=4");
        run.go();
        assertThat(run.loop.plan()).isEqualTo(new RunPlan(2, 1, 2, 16));

        TinyModel byHand = TinyModel.with("train.accumulation=4");
        List<Double> losses = new ArrayList<>();
        try (Loader loader = byHand.loader()) {
            for (int epoch = 0; epoch < 2; epoch++) {
                loader.start(epoch, 0);
                List<Batch> batches = List.of(loader.next(), loader.next(), loader.next(), loader.next());
                StepLog log = new StepLog();
                byHand.step().run(batches, new Progress(epoch, 2, epoch, 2, 1), log);
                losses.add(log.readLoss());
            }
        }
        assertThat(run.losses()).isEqualTo(losses);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    /** A loop, and all that it tells. */
    private static final class Run implements RunListener {

        private final TinyModel tiny;
        private final TrainLoop loop;
        private Examination examination = Examination.NONE;
        private final List<Metrics> written = new ArrayList<>();
        private final List<Metrics> logged = new ArrayList<>();
        private final List<String> noted = new ArrayList<>();
        private final List<Long> stepped = new ArrayList<>();
        private final List<Double> judged = new ArrayList<>();
        private final List<JudgedScore> evaluated = new ArrayList<>();
        private RunPlan plan;

        Run(String... overrides) {
            this.tiny = TinyModel.with(overrides);
            this.loop = loop(this::judge, List.of(sink()));
        }

        Run(TinyModel tiny, DoubleFunction<List<JudgedScore>> evaluate) {
            this.tiny = tiny;
            this.loop = loop(evaluate, List.of(sink()));
        }

        Run(List<MetricSink> sinks) {
            this.tiny = TinyModel.with();
            this.loop = loop(this::judge, sinks);
        }

        private TrainLoop loop(DoubleFunction<List<JudgedScore>> evaluate, List<MetricSink> sinks) {
            return new TrainLoop(tiny.step(), tiny.optimization(), tiny.loader(), tiny.assembly().recipe().train(),
                    tiny.assembly().recipe().run(), evaluate, sinks, new SkippedSteps(folder),
                    (done, step, optimization) -> examination.after(done, step, optimization));
        }

        void go() {
            go(() -> false);
        }

        void go(BooleanSupplier stop) {
            go(Safekeeping.NONE, stop);
        }

        void go(Safekeeping keeping) {
            go(keeping, () -> false);
        }

        private void go(Safekeeping keeping, BooleanSupplier stop) {
            try {
                loop.run(this, keeping, stop);
            } finally {
                tiny.loader().close();
            }
        }

        List<Metrics> with(String name) {
            return logged.stream().filter(metrics -> metrics.values().containsKey(name)).toList();
        }

        List<Double> losses() {
            return with("loss").stream().map(metrics -> metrics.values().get("loss")).toList();
        }

        private List<JudgedScore> judge(double epoch) {
            judged.add(epoch);
            return List.of(new JudgedScore("trained", epoch, "knn", new Score("accuracy", 10 * epoch, "%", 1, "test"), "", 0, "1"));
        }

        private MetricSink sink() {
            return new MetricSink() {
                @Override
                public void record(Metrics metrics) {
                    written.add(metrics);
                }

                @Override
                public void close() {
                    throw new AssertionError("the loop does not own its sinks");
                }
            };
        }

        @Override
        public void started(RunPlan plan) {
            this.plan = plan;
        }

        @Override
        public void stepped(long steps) {
            stepped.add(steps);
        }

        @Override
        public void noted(String sentence) {
            noted.add(sentence);
        }

        @Override
        public void logged(Metrics metrics) {
            logged.add(metrics);
        }

        @Override
        public void evaluated(List<JudgedScore> scores) {
            evaluated.addAll(scores);
        }
    }
}
