package org.latentmim.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleFunction;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.data.Batch;
import org.latentmim.data.Loader;
import org.latentmim.runtime.FailureException;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Metrics;

/** Calls the train step until the run is done or stopped; logs and evaluates on the way. Not thread-safe. */
public final class TrainLoop {

    private final TrainStep step;
    private final Optimization optimization;
    private final Loader loader;
    private final TrainConfig config;
    private final RunConfig run;
    private final RunPlan plan;
    private final DoubleFunction<List<JudgedScore>> evaluate;
    private final Recorder recorder;
    private final StepWatch watch;
    private final Examination examination;
    private final List<JudgedScore> scores = new ArrayList<>();
    private final StepLog log = new StepLog();
    private long done;
    private long current;
    private boolean evaluationDue;

    /**
     * @param optimization that of the step
     * @param evaluate judges the encoder as it is after so many epochs
     * @param skippedSteps where steps are listed whose loss or gradient is not finite
     * @param examination looks after every step how it does
     */
    public TrainLoop(TrainStep step, Optimization optimization, Loader loader, TrainConfig config, RunConfig run,
            DoubleFunction<List<JudgedScore>> evaluate, List<MetricSink> sinks, SkippedSteps skippedSteps,
            Examination examination) {
        this.step = step;
        this.optimization = optimization;
        this.loader = loader;
        this.config = config;
        this.run = run;
        this.plan = RunPlan.of(config, loader.batchesPerEpoch());
        this.evaluate = evaluate;
        this.recorder = new Recorder(sinks);
        this.watch = new StepWatch(config, loader, optimization.onGpu(), skippedSteps);
        this.examination = examination;
    }

    /**
     * Goes to where a training was, whose weights and optimizer are back in their tensors, and lets what was recorded later be
     * forgotten.
     */
    public void restore(TrainingState state) {
        done = state.done();
        recorder.restore(state.recorded());
        log.restore(state.log());
        evaluationDue = state.evaluationDue();
        scores.clear();
        scores.addAll(state.scores());
        watch.restore(state.setbacks());
        examination.forgetAfter(done);
        optimization.slowDown(state.setbacks().slowDown());
    }

    /** Returns what a training must remember to go on from here. Waits for the device. */
    public TrainingState state() {
        return new TrainingState(done, recorder.records(), log.keep(), evaluationDue, scores(), watch.setbacks());
    }

    /** Returns whether the last step was skipped: then its weights may be what is wrong. Waits for the device. */
    public boolean isSkipping() {
        return watch.setbacks().inARow() > 0;
    }

    /** Returns the tensors of the optimizer, by name. */
    public Map<String, Tensor> optimizer() {
        return optimization.state();
    }

    /** Returns what was measured at the last step, by name. */
    public Map<String, Double> measured() {
        return recorder.ofStep();
    }

    /** Returns how much there is to do. */
    public RunPlan plan() {
        return plan;
    }

    /** Returns the optimizer steps done so far. */
    public long done() {
        return done;
    }

    /** Returns the passes over the images done so far. */
    public double epoch() {
        return plan.progress(done).epoch();
    }

    /** Returns whether all is done. */
    public boolean finished() {
        return done >= plan.steps() && !evaluationDue;
    }

    /** Returns all scores so far. */
    public List<JudgedScore> scores() {
        return List.copyOf(scores);
    }

    /**
     * Trains to the end, or to the end of the step during which {@code stop} becomes true.
     *
     * <p>Steps whose loss or gradient is not finite are skipped; after too many in a row the training goes back to its last good
     * checkpoint, some times, and learns more slowly from there.
     *
     * @throws FailureException if too many steps are skipped, memory runs out, or images, sinks or a component fail
     */
    public void run(RunListener listener, Safekeeping keeping, BooleanSupplier stop) {
        try {
            train(listener, keeping, stop);
        } catch (RuntimeException | OutOfMemoryError e) {
            throw StepFailure.of(e, current, log, config.batch(), keeping.last());
        }
    }

    private void train(RunListener listener, Safekeeping keeping, BooleanSupplier stop) {
        listener.started(plan);
        evaluateIfDue(listener, stop);
        Pace pace = new Pace(loader);
        boolean atWork = false;
        while (done < plan.steps() && !stop.getAsBoolean()) {
            int stepInEpoch = (int) (done % plan.stepsPerEpoch());
            // Some batches at the end of an epoch may make no step: those are left out.
            if (!atWork || stepInEpoch == 0 && loader.batchesPerEpoch() % config.accumulation() != 0) {
                loader.start(done / plan.stepsPerEpoch(), stepInEpoch * config.accumulation());
                atWork = true;
            }
            recorder.beginStep();
            log.at(StepPhase.LOADING);
            current = done + 1;
            log.detailed(done == 0 || (done + 1) % run.logEvery() == 0 || done + 1 == plan.steps());
            List<Batch> batches = loader.next(config.accumulation());
            step.run(batches, plan.progress(done), log);
            done++;
            watch.add(done, batches, optimization.result(), log.detailed());
            watch.tell(listener);
            if (watch.mustGoBack()) {
                watch.goBack(this::done, keeping, listener);
                evaluateIfDue(listener, stop);
                atWork = false;
                pace.restart();
                continue;
            }
            pace.add(plan.imagesPerStep());
            log.at(StepPhase.RECORDING);
            if (log.detailed()) {
                recorder.record(metrics(pace), listener);
            }
            examine(listener);
            listener.stepped(done);
            if (done % plan.stepsPerEpoch() == 0) {
                endOfEpoch(listener, stop);
                pace.restart();
            }
            log.at(StepPhase.SAVING);
            keeping.settled();
        }
    }

    private void examine(RunListener listener) {
        log.at(StepPhase.EXAMINATION);
        Map<String, Double> seen = examination.after(done, step, optimization);
        log.at(StepPhase.RECORDING);
        if (!seen.isEmpty()) {
            recorder.record(new Metrics(done, epoch(), seen), listener);
        }
    }

    private Metrics metrics(Pace pace) {
        Map<String, Double> values = new LinkedHashMap<>();
        double loss = log.readLoss();
        if (!Double.isNaN(loss)) { // no number if all steps were skipped
            values.put("loss", loss);
        }
        values.putAll(log.readDetails());
        values.put("learning-rate", optimization.rate());
        config.weightDecayTo().ifPresent(to -> values.put("weight-decay", optimization.weightDecay()));
        values.put("images-per-second", pace.imagesPerSecond());
        values.put("data-wait", pace.shareOfWaiting());
        if (watch.setbacks().skipped() > 0) {
            values.put("skipped-steps", (double) watch.setbacks().skipped());
        }
        pace.restart();
        return new Metrics(done, epoch(), values);
    }

    private void endOfEpoch(RunListener listener, BooleanSupplier stop) {
        double loss = log.readEpochLoss();
        if (!Double.isNaN(loss)) { // no number if all steps were skipped
            recorder.record(new Metrics(done, epoch(), Map.of("epoch-loss", loss)), listener);
        }
        boolean last = done == plan.steps();
        evaluationDue = last || run.evaluateEvery() > 0 && Math.round(epoch()) % run.evaluateEvery() == 0;
        evaluateIfDue(listener, stop);
    }

    /** One who wants to stop does not wait for it: the run begins with it when it goes on. */
    private void evaluateIfDue(RunListener listener, BooleanSupplier stop) {
        if (evaluationDue && !stop.getAsBoolean()) {
            current = done;
            log.at(StepPhase.EVALUATION);
            List<JudgedScore> judged = evaluate.apply(epoch());
            if (!judged.isEmpty()) {
                scores.addAll(judged);
                listener.evaluated(judged);
                recorder.record(asMetrics(judged), listener);
            }
            evaluationDue = false;
        }
    }

    private Metrics asMetrics(List<JudgedScore> judged) {
        Map<String, Double> values = new LinkedHashMap<>();
        judged.forEach(one -> values.put("score/" + one.evaluator() + "/" + one.score().name(), one.score().value()));
        return new Metrics(done, epoch(), values);
    }
}
