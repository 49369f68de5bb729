package org.latentmim.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.latentmim.data.Loader;
import org.latentmim.runtime.Compute;
import org.latentmim.train.Examination;
import org.latentmim.train.LatentMim;
import org.latentmim.train.Optimization;
import org.latentmim.train.PatchReader;
import org.latentmim.train.RunPlan;
import org.latentmim.train.TrainConfig;
import org.latentmim.train.TrainStep;

/** Looks at a training every few steps and at its end, and says how it does. Not thread-safe. */
public final class Health implements Examination {

    private static final int LOOKS_BEFORE_STOP = 3;

    private final HealthConfig config;
    private final RunPlan plan;
    private final Probe probe;
    private final Judge judge;
    private final Consumer<String> notes;
    private final Consumer<HealthRecord> keep;
    private HealthRecord record = HealthRecord.NONE;

    /**
     * @param loader gives the images to look at
     * @param notes told when something begins to be the matter, or ends
     * @param keep given all that is to be kept, after every look
     */
    public Health(HealthConfig config, LatentMim model, PatchReader reader, Loader loader, TrainConfig train, RunPlan plan,
            Compute compute, Consumer<String> notes, Consumer<HealthRecord> keep) {
        this.config = config;
        this.plan = plan;
        this.probe = new Probe(model, reader, compute, train, plan, () -> loader.first(config.images()));
        this.judge = new Judge(train.peakLearningRate(), plan.steps());
        this.notes = notes;
        this.keep = keep;
    }

    /** Goes on from what was kept. */
    public void restore(HealthRecord kept) {
        record = kept;
    }

    @Override
    public void forgetAfter(long done) {
        record = record.until(done);
    }

    /** Returns the last look. */
    public Optional<Diagnosis> last() {
        return record.last();
    }

    /** Returns whether the recipe wants the run to stop: three looks in a row gave a verdict that it names. */
    public boolean wantsToStop() {
        return record.last()
                .filter(last -> config.stopOn().contains(last.verdict()))
                .filter(last -> last.step() - last.since() >= (LOOKS_BEFORE_STOP - 1L) * config.every())
                .isPresent();
    }

    @Override
    public Map<String, Double> after(long done, TrainStep step, Optimization optimization) {
        if (config.every() == 0 || done % config.every() != 0 && done != plan.steps()) {
            return Map.of();
        }
        Vitals vitals = probe.look(step, optimization, plan.progress(done - 1));
        Verdict before = record.last().map(Diagnosis::verdict).orElse(Verdict.TOO_EARLY_TO_SAY);
        record = record.with(done, judge.of(vitals, done, record), vitals);
        keep.accept(record);
        Diagnosis now = record.last().orElseThrow();
        if (now.verdict() != before && (now.verdict().isFailure() || before.isFailure())) {
            notes.accept("Step " + done + ": " + now.words());
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        vitals.metrics().forEach((name, value) -> {
            if (Double.isFinite(value)) {
                metrics.put("health/" + name, value);
            }
        });
        return metrics;
    }
}
