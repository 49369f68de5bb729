package org.latentmim.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

/**
 * What is left to do of a suite, and what it takes. Time is that of finished runs of the variant, evaluation included. Where
 * there are none it follows from the time of an image, in a finished run of another variant or else in a few steps of the first
 * one, and from the operations of both; evaluation comes on top.
 *
 * @param rows one for each variant that is asked for
 * @param source where times come from, in words
 */
public record Forecast(List<Row> rows, String source) {

    /**
     * What is left of a variant.
     *
     * @param runs in all
     * @param left of them to do
     * @param steps of a run
     * @param operations of a step; nothing if they cannot be counted
     * @param seconds of a run; nothing if that is not known
     * @param diskBytes of a run, at most
     * @param failure why it cannot be run; empty if it can
     */
    public record Row(String variant, int runs, int left, long steps, OptionalDouble operations, OptionalDouble seconds,
            long diskBytes, String failure) {

        /** Returns the seconds of what is left. */
        public double secondsLeft() {
            return left * seconds.orElse(0);
        }
    }

    /** What an image takes somewhere. */
    private record Pace(double seconds, double operations, String source) {}

    /** Looks ahead. */
    public static Forecast of(Ablation ablation, List<RunPlace> runs) {
        return new Forecast.Look(ablation, runs).forecast();
    }

    /** Returns the seconds of all that is left, where they are known. */
    public double secondsLeft() {
        return rows.stream().mapToDouble(Row::secondsLeft).sum();
    }

    /** Returns the bytes that what is left takes, at most. */
    public long diskLeft() {
        return rows.stream().mapToLong(row -> row.left() * row.diskBytes()).sum();
    }

    private static final class Look {

        private final Ablation ablation;
        private final List<RunPlace> runs;
        private Optional<Pace> pace = Optional.empty();

        private Look(Ablation ablation, List<RunPlace> runs) {
            this.ablation = ablation;
            this.runs = runs;
        }

        private Forecast forecast() {
            List<Row> rows = new ArrayList<>();
            for (String variant : runs.stream().map(RunPlace::variant).distinct().toList()) {
                List<RunPlace> own = runs.stream().filter(run -> run.variant().equals(variant)).toList();
                try {
                    rows.add(row(variant, own));
                } catch (UsageException | FailureException e) {
                    rows.add(new Row(variant, own.size(), own.size(), 0, OptionalDouble.empty(), OptionalDouble.empty(), 0,
                            e.getMessage()));
                }
            }
            return new Forecast(rows, pace.map(Pace::source).orElse("finished runs"));
        }

        private Row row(String variant, List<RunPlace> own) {
            RunPlace first = own.get(0);
            int left = (int) own.stream().filter(ablation::isLeft).count();
            OptionalDouble operations = ablation.operationsOfImage(first);
            try (Pretraining pretraining = Pretraining.of(ablation.recipe(first))) {
                long steps = pretraining.plan().steps();
                int images = pretraining.plan().imagesPerStep();
                OptionalDouble seconds = ofFinished(variant);
                if (seconds.isEmpty() && operations.isPresent()) {
                    Pace known = pace(first);
                    seconds = OptionalDouble.of(
                            steps * images * known.seconds() * operations.getAsDouble() / known.operations());
                }
                OptionalDouble ofStep = operations.stream().map(each -> each * images).findFirst();
                return new Row(variant, own.size(), left, steps, ofStep, seconds, pretraining.diskBytes(), "");
            }
        }

        private OptionalDouble ofFinished(String variant) {
            return finished(variant).stream()
                    .filter(run -> run.seconds().isPresent())
                    .mapToDouble(run -> run.seconds().getAsDouble() + run.evaluationSeconds())
                    .average();
        }

        private List<RunResult> finished(String variant) {
            return ablation.comparison().variants().stream()
                    .filter(result -> result.name().equals(variant))
                    .flatMap(result -> result.finished().stream())
                    .toList();
        }

        private Pace pace(RunPlace fallback) {
            if (pace.isEmpty()) {
                pace = Optional.of(ofOtherVariant().orElseGet(() -> timed(fallback)));
            }
            return pace.get();
        }

        private Optional<Pace> ofOtherVariant() {
            for (var variant : ablation.comparison().variants()) {
                for (RunResult run : variant.finished()) {
                    if (run.imagesPerSecond().isPresent() && run.operations().isPresent()) {
                        RunPlace place = new RunPlace(ablation.folder(), variant.name(), run.seed());
                        double ofImage = run.operations().getAsDouble() / ablation.recipe(place).train().globalBatch();
                        return Optional.of(new Pace(1 / run.imagesPerSecond().getAsDouble(), ofImage,
                                "finished runs, and for variants without any the pace of " + variant.name()
                                        + " by the operations of a step, without evaluation"));
                    }
                }
            }
            return Optional.empty();
        }

        private Pace timed(RunPlace run) {
            return new Pace(ablation.secondsOfImage(run), ablation.operationsOfImage(run).orElseThrow(),
                    "some timed steps of " + run.variant() + ", by the operations of a step, without evaluation");
        }
    }
}
