package org.latentmim.pipeline;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.latentmim.checkpoint.Best;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.CheckpointState;
import org.latentmim.checkpoint.CheckpointWriter;
import org.latentmim.checkpoint.Checkpoints;
import org.latentmim.checkpoint.NamedTensors;
import org.latentmim.runtime.FailureException;
import org.latentmim.train.LatentMim;
import org.latentmim.train.RunConfig;
import org.latentmim.train.RunListener;
import org.latentmim.train.Safekeeping;
import org.latentmim.train.Setbacks;
import org.latentmim.train.TrainLoop;
import org.latentmim.train.TrainingState;

/**
 * Saves a training: when the recipe says so beside the training, and at its end. A checkpoint that is due while another is being
 * written is put off until that is done, and so is one after a skipped step, so that there stays a good one to go back to. One
 * that cannot be written is told of, and the training goes on to the next.
 */
final class Saver implements Safekeeping, AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().addModule(new Jdk8Module()).build();

    private final LatentMim model;
    private final TrainLoop loop;
    private final RunConfig config;
    private final Checkpoints checkpoints;
    private final RunListener listener;
    private final CheckpointWriter writer;
    private final Optional<Best> wanted;
    private double best;
    private long lastNanos = System.nanoTime();
    private long saved;
    private boolean due;

    Saver(LatentMim model, TrainLoop loop, RunConfig config, Checkpoints checkpoints, RunListener listener) {
        this.model = model;
        this.loop = loop;
        this.config = config;
        this.checkpoints = checkpoints;
        this.listener = listener;
        this.writer = new CheckpointWriter(checkpoints);
        this.wanted = config.keeping().best();
        this.best = wanted.map(checkpoints::best).orElse(Double.NaN);
        this.saved = -1;
    }

    /** Puts a training back to where a checkpoint saw it. */
    void restore(Checkpoint checkpoint) {
        restore(checkpoint, training(checkpoint.state()));
    }

    private void restore(Checkpoint checkpoint, TrainingState state) {
        groups().forEach(checkpoint::load);
        loop.restore(state);
        saved = loop.done();
    }

    @Override
    public void settled() {
        boolean better = isBetter();
        due |= better || isDue();
        if (!due || writer.isBusy() && !better || loop.isSkipping()) {
            return; // a checkpoint of the best step is not put off: the next step is another one
        }
        tellOutcome();
        writer.begin(state(loop.measured()), groups());
        saved = loop.done();
        lastNanos = System.nanoTime();
        due = false;
    }

    @Override
    public Optional<Path> goBack(Setbacks after) {
        tellOutcome();
        Optional<Checkpoint> good = checkpoints.goBack(listener::noted);
        good.ifPresent(checkpoint -> {
            restore(checkpoint, training(checkpoint.state()).with(after));
            checkpoints.write(state(checkpoint.state().metrics()), groups());
        });
        return good.map(Checkpoint::folder);
    }

    @Override
    public Optional<Path> last() {
        return checkpoints.newest();
    }

    /**
     * Saves what there is, unless it is saved, and returns where.
     *
     * @throws FailureException if it cannot be written
     */
    Path finish() {
        if (!tellOutcome() || saved != loop.done()) {
            checkpoints.write(state(loop.measured()), groups());
        }
        return checkpoints.place(loop.done());
    }

    @Override
    public void close() {
        writer.close();
    }

    private boolean isDue() {
        long stepsOfEpochs = (long) config.checkpointEpochs() * loop.plan().stepsPerEpoch();
        long nanos = TimeUnit.MINUTES.toNanos(config.checkpointMinutes());
        return config.checkpointSteps() > 0 && loop.done() % config.checkpointSteps() == 0
                || stepsOfEpochs > 0 && loop.done() % stepsOfEpochs == 0
                || nanos > 0 && System.nanoTime() - lastNanos >= nanos;
    }

    private boolean isBetter() {
        double value = wanted.map(metric -> loop.measured().get(metric.metric())).orElse(Double.NaN);
        boolean better = wanted.isPresent() && wanted.get().better(value, best);
        best = better ? value : best;
        return better;
    }

    /** Returns whether the last write went well. */
    private boolean tellOutcome() {
        Optional<RuntimeException> failure = writer.outcome();
        failure.ifPresent(reason ->
                listener.noted(reason.getMessage() + " The run goes on, and tries again when the next is due."));
        return failure.isEmpty();
    }

    private CheckpointState state(Map<String, Double> metrics) {
        return CheckpointState.now(loop.done(), loop.epoch(), metrics, JSON.valueToTree(loop.state()));
    }

    private static TrainingState training(CheckpointState state) {
        return JSON.convertValue(state.training(), TrainingState.class);
    }

    private Map<String, NamedTensors> groups() {
        Map<String, NamedTensors> groups = new LinkedHashMap<>();
        groups.put(Checkpoint.MODEL, tensors(model));
        groups.put(Checkpoint.OPTIMIZER, new NamedTensors().add("adamw", loop.optimizer()));
        return groups;
    }

    /** Returns whether the last step before a checkpoint was not skipped. */
    static boolean isGood(CheckpointState state) {
        return training(state).setbacks().inARow() == 0;
    }

    static NamedTensors tensors(LatentMim model) {
        NamedTensors tensors = new NamedTensors();
        model.parts().forEach((prefix, part) -> tensors.add(prefix, part.all()));
        return tensors;
    }
}
