package org.latentmim.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.bench.Measurement.Unit;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.CheckpointState;
import org.latentmim.checkpoint.CheckpointWriter;
import org.latentmim.checkpoint.Checkpoints;
import org.latentmim.checkpoint.NamedTensors;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.train.Optimization;

/** Times checkpoints beside a plain file of the same size, in turn: the disk's own speed is in the same run. */
public final class CheckpointBenchmark {

    private static final int PIECE = 1 << 24;

    private final Pretraining pretraining;
    private final Map<String, NamedTensors> groups;
    private final long bytes;

    /** Prepares to write what a run of a recipe would. */
    public CheckpointBenchmark(Pretraining pretraining) {
        this.pretraining = pretraining;
        this.groups = Map.of(
                Checkpoint.MODEL, pretraining.tensors(),
                Checkpoint.OPTIMIZER, new NamedTensors().add("adamw",
                        new Optimization(pretraining.recipe().train(), pretraining.model().parts()).state()));
        this.bytes = groups.values().stream().flatMap(group -> group.all().values().stream()).mapToLong(Tensor::nbytes).sum();
    }

    /**
     * Measures what a training waits for, how long a checkpoint takes until it is on the disk, and the disk.
     *
     * @param place an existing folder on the disk to measure; left as it was
     * @param samples of each, at least 1
     * @throws FailureException if it cannot be written to
     */
    public List<Measurement> measure(Path place, int samples) {
        double[] waits = new double[samples];
        double[] speeds = new double[samples];
        double[] plain = new double[samples];
        try {
            Path folder = Files.createTempDirectory(place, "bench-checkpoint-");
            try (CheckpointWriter writer =
                    new CheckpointWriter(new Checkpoints(folder, pretraining.recipe().run().keeping()))) {
                for (int i = 0; i < samples; i++) {
                    plain[i] = plain(folder.resolve("plain"));
                    long began = System.nanoTime();
                    writer.begin(CheckpointState.now(i, 0, Map.of(), null), groups);
                    waits[i] = (System.nanoTime() - began) / 1e6;
                    writer.outcome().ifPresent(failure -> {
                        throw failure;
                    });
                    speeds[i] = speed(began);
                }
            } finally {
                AtomicWrite.delete(folder);
            }
        } catch (IOException e) {
            throw new FailureException("The disk of " + place + " cannot be measured: " + e.getMessage(), e);
        }
        return List.of(
                Measurement.of("size", Unit.MEBIBYTES, bytes / (double) (1 << 20)),
                Measurement.of("training waits", Unit.MILLISECONDS, waits),
                Measurement.of("checkpoint", Unit.MEBIBYTES_PER_SECOND, speeds),
                Measurement.of("plain file, synced", Unit.MEBIBYTES_PER_SECOND, plain));
    }

    private double plain(Path file) throws IOException {
        byte[] noise = new byte[PIECE];
        new Random(0).nextBytes(noise);
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE).put(noise);
        long began = System.nanoTime();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long left = bytes; left > 0;) {
                piece.clear().limit((int) Math.min(PIECE, left));
                left -= piece.limit();
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
            }
            channel.force(true);
        }
        double speed = speed(began);
        Files.delete(file);
        return speed;
    }

    private double speed(long began) {
        return bytes / (double) (1 << 20) * 1e9 / (System.nanoTime() - began);
    }
}
