package org.latentmim.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.latentmim.spi.Metrics;
import org.latentmim.train.RunPlan;

/** How far a training is and what its last numbers were, in words. Thread-safe. */
final class RunState {

    private static final String HEALTH = "health/"; // told in words

    private final RunPlan plan;
    private long began = System.nanoTime();
    private final Map<String, Double> numbers = new LinkedHashMap<>();
    private long done;
    private long doneBefore = -1;

    RunState(RunPlan plan) {
        this.plan = plan;
    }

    synchronized void stepped(long done) {
        if (doneBefore < 0) {
            doneBefore = done - 1; // what an earlier life of the run did says nothing of the pace of this one
        } else if (done <= this.done) {
            began = System.nanoTime(); // the run went back
            doneBefore = done;
        }
        this.done = done;
    }

    synchronized void logged(Metrics metrics) {
        metrics.values().forEach((name, value) -> {
            if (!name.startsWith(HEALTH)) {
                numbers.put(name, value);
            }
        });
    }

    RunPlan plan() {
        return plan;
    }

    synchronized double share() {
        return (double) done / plan.steps();
    }

    synchronized boolean isDone() {
        return done == plan.steps();
    }

    /** Returns what there is to say in few words, the most wanted first. */
    synchronized List<String> inShort() {
        List<String> texts = new ArrayList<>();
        number("loss").ifPresent(loss -> texts.add(format("loss %.3f", loss)));
        left().ifPresent(left -> texts.add(left + " left"));
        texts.add("epoch " + epoch() + "/" + plan.epochs());
        number("images-per-second").ifPresent(speed -> texts.add(format("%,.0f images/s", speed)));
        number("data-wait").ifPresent(share -> texts.add(format("data wait %.0f%%", 100 * share)));
        List<String> similarities = numbers.entrySet().stream()
                .filter(number -> number.getKey().startsWith("similarity/"))
                .map(number -> format("%.2f", number.getValue()))
                .toList();
        if (!similarities.isEmpty()) {
            texts.add("similarity " + String.join("/", similarities));
        }
        number("learning-rate").ifPresent(rate -> texts.add(format("rate %.1e", rate)));
        return texts;
    }

    /** Returns all there is to say, each number under its name. */
    synchronized String inFull() {
        List<String> texts = new ArrayList<>();
        texts.add("step " + done + " of " + plan.steps());
        texts.add("epoch " + epoch() + " of " + plan.epochs());
        left().ifPresent(left -> texts.add(left + " left"));
        numbers.forEach((name, value) -> texts.add(name + " " + format(Math.abs(value) < 0.01 ? "%.2e" : "%.4g", value)));
        return String.join(", ", texts);
    }

    private long epoch() {
        return Math.min(plan.epochs(), done / plan.stepsPerEpoch() + 1);
    }

    private Optional<Double> number(String name) {
        return Optional.ofNullable(numbers.get(name));
    }

    private Optional<String> left() {
        if (done <= doneBefore || doneBefore < 0) {
            return Optional.empty();
        }
        Duration left = Duration.ofNanos((long) ((double) (System.nanoTime() - began) / (done - doneBefore) * (plan.steps() - done)));
        return Optional.of(left.toHours() > 0
                ? format("%d:%02d:%02d", left.toHours(), left.toMinutesPart(), left.toSecondsPart())
                : format("%d:%02d", left.toMinutes(), left.toSecondsPart()));
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
