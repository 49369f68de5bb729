package org.latentmim.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleFunction;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.data.Loader;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Metrics;

/** Calls the train step until the run is done or stopped; logs and evaluates on the way. Not thread-safe. */
public final class TrainLoop {

    private final Optimization optimization;
    private final TrainStep step;
    private final Loader loader;
    private final TrainConfig config;
    private final RunConfig run;
    private final RunPlan plan;
    private final LearningRate learningRate;
    private final WeightDecay weightDecay;
    private final DoubleFunction<List<JudgedScore>> evaluate;
    private final List<MetricSink> sinks;
    private final List<JudgedScore> scores = new ArrayList<>();
    private final StepLog log = new StepLog();
    private final Map<String, Double> measured = new LinkedHashMap<>();
    private long done;
    private long recorded;
    private boolean evaluationDue;

    /**
     * @param model to train, placed where the run computes
     * @param reader that cuts and masks what the loader delivers
     * @param evaluate judges the encoder as it is after so many epochs
     */
    public TrainLoop(LatentMim model, PatchReader reader, Loader loader, TrainConfig config, RunConfig run,
            Randomness randomness, Compute compute, DoubleFunction<List<JudgedScore>> evaluate, List<MetricSink> sinks) {
        this.optimization = new Optimization(config, model.parts());
        this.step = new TrainStep(model, reader, optimization, randomness, compute);
        this.loader = loader;
        this.config = config;
        this.run = run;
        this.plan = RunPlan.of(config, loader.batchesPerEpoch());
        this.learningRate = new LearningRate(config);
        this.weightDecay = new WeightDecay(config);
        this.evaluate = evaluate;
        this.sinks = sinks;
    }

    /** Goes to where a training was, whose weights and optimizer are back in their tensors. */
    public void restore(TrainingState state) {
        done = state.done();
        recorded = state.recorded();
        log.restore(state.log());
        evaluationDue = state.evaluationDue();
        scores.clear();
        scores.addAll(state.scores());
    }

    /** Returns what a training must remember to go on from here. Waits for the device. */
    public TrainingState state() {
        return new TrainingState(done, recorded, log.keep(), evaluationDue, scores());
    }

    /** Returns how often numbers were recorded so far. */
    public long recorded() {
        return recorded;
    }

    /** Returns the tensors of the optimizer, by name. */
    public Map<String, Tensor> optimizer() {
        return optimization.state();
    }

    /** Returns what was measured at the last step, by name. */
    public Map<String, Double> measured() {
        return Map.copyOf(measured);
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
     * @param settled called when a step and all that belongs to it is done, and a training could go on from there
     * @throws FailureException if the loss is no number any more, images or sinks fail
     */
    public void run(RunListener listener, Runnable settled, BooleanSupplier stop) {
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
            measured.clear();
            log.detailed(done == 0 || (done + 1) % run.logEvery() == 0 || done + 1 == plan.steps());
            step.run(loader.next(config.accumulation()), plan.progress(done), log);
            done++;
            pace.add(plan.imagesPerStep());
            if (log.detailed()) {
                record(metrics(pace), listener);
            }
            listener.stepped(done);
            if (done % plan.stepsPerEpoch() == 0) {
                endOfEpoch(listener, stop);
                pace.restart();
            }
            settled.run();
        }
    }

    private Metrics metrics(Pace pace) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", log.readLoss());
        values.putAll(log.readDetails());
        double epochOfStep = (double) (done - 1) / plan.stepsPerEpoch();
        values.put("learning-rate", learningRate.at(epochOfStep));
        config.weightDecayTo().ifPresent(to -> values.put("weight-decay", weightDecay.at(epochOfStep)));
        values.put("images-per-second", pace.imagesPerSecond());
        values.put("data-wait", pace.shareOfWaiting());
        pace.restart();
        if (!Double.isFinite(values.get("loss"))) {
            throw new FailureException("the loss is no number any more after step " + done + "; a lower train.base-learning-rate, "
                    + "train.clip-norm=3 or runtime.precision=fp32 may help");
        }
        return new Metrics(done, epoch(), values);
    }

    private void endOfEpoch(RunListener listener, BooleanSupplier stop) {
        record(new Metrics(done, epoch(), Map.of("epoch-loss", log.readEpochLoss())), listener);
        boolean last = done == plan.steps();
        evaluationDue = last || run.evaluateEvery() > 0 && Math.round(epoch()) % run.evaluateEvery() == 0;
        evaluateIfDue(listener, stop);
    }

    /** One who wants to stop does not wait for it: the run begins with it when it goes on. */
    private void evaluateIfDue(RunListener listener, BooleanSupplier stop) {
        if (evaluationDue && !stop.getAsBoolean()) {
            List<JudgedScore> judged = evaluate.apply(epoch());
            if (!judged.isEmpty()) {
                scores.addAll(judged);
                listener.evaluated(judged);
                record(asMetrics(judged), listener);
            }
            evaluationDue = false;
        }
    }

    private Metrics asMetrics(List<JudgedScore> judged) {
        Map<String, Double> values = new LinkedHashMap<>();
        judged.forEach(one -> values.put("score/" + one.evaluator() + "/" + one.score().name(), one.score().value()));
        return new Metrics(done, epoch(), values);
    }

    private void record(Metrics metrics, RunListener listener) {
        for (MetricSink sink : sinks) {
            try {
                sink.record(metrics);
            } catch (IOException e) {
                throw new FailureException("cannot write the metrics of step " + done + ": " + e.getMessage(), e);
            }
        }
        recorded++;
        measured.putAll(metrics.values());
        listener.logged(metrics);
    }
}
