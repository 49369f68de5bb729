package org.latentmim.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Writes checkpoints on a thread of its own, so that the step waits for a copy in memory and not for the disk. One write at a
 * time. For one thread.
 */
public final class CheckpointWriter implements AutoCloseable {

    private final Checkpoints checkpoints;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread writer = new Thread(work, "checkpoint-writer");
        writer.setDaemon(true);
        return writer;
    });
    private Future<?> underWay;

    public CheckpointWriter(Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
    }

    /** Returns whether a write is under way. */
    public boolean isBusy() {
        return underWay != null && !underWay.isDone();
    }

    /**
     * Copies the tensors and begins to write them.
     *
     * @throws IllegalStateException if the outcome of the last write was not asked for
     */
    public void begin(CheckpointState state, Map<String, NamedTensors> groups) {
        if (underWay != null) {
            throw new IllegalStateException("ask for the outcome of the last write before the next");
        }
        Snapshot snapshot = new Snapshot(groups);
        underWay = thread.submit(() -> {
            try (snapshot) {
                checkpoints.write(state, snapshot.groups());
            }
        });
    }

    /** Waits for the write that is under way, if there is one, and returns what went wrong since this was last asked. */
    public Optional<RuntimeException> outcome() {
        if (underWay == null) {
            return Optional.empty();
        }
        try {
            underWay.get();
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                return Optional.of(failure);
            }
            throw new IllegalStateException("a checkpoint could not be written", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new IllegalStateException("interrupted while a checkpoint was written", e));
        } finally {
            underWay = null;
        }
    }

    /** Lets a write that is under way end, whatever its outcome: who wants to know has asked before. */
    @Override
    public void close() {
        thread.shutdown();
        outcome();
    }
}
