package org.latentmim.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.latentmim.embedding.Manifest.Skipped;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.UsageException;

/**
 * The part of an embedding that is done, in a folder: {@code plan.json}, and for every so many images a shard with the rows of
 * those that could be read. A shard is complete or not there; the first so many are.
 */
final class Shards {

    private static final String PLAN = "plan.json";
    private static final String ROWS = "rows.f32";
    private static final String STATE = "shard.json";

    /** Fills the rows of a shard, and says which images it skipped. */
    interface Filling {
        List<Skipped> fill(FileChannel rows) throws IOException;
    }

    /** Takes one row. */
    interface RowConsumer {

        /**
         * @param image its index in the set
         * @param values 32-bit floats, little endian
         */
        void row(int image, ByteBuffer values) throws IOException;
    }

    private record State(int first, int end, List<Skipped> skipped) {}

    private final Path folder;
    private final EmbeddingPlan plan;
    private final List<State> done = new ArrayList<>();

    private Shards(Path folder, EmbeddingPlan plan) {
        this.folder = folder;
        this.plan = plan;
    }

    /**
     * Opens the folder of an embedding that was begun, or begins one.
     *
     * @throws UsageException if it was begun with another plan
     */
    static Shards open(Path folder, EmbeddingPlan plan) throws IOException {
        Shards shards = new Shards(folder, plan);
        if (Files.isRegularFile(folder.resolve(PLAN))) {
            EmbeddingPlan begun = Json.read(folder.resolve(PLAN), EmbeddingPlan.class);
            if (!begun.equals(plan)) {
                throw new UsageException("The unfinished embedding " + folder + " was begun with " + Difference.of(begun, plan)
                        + ": go on as it was begun, or remove it to begin again.");
            }
        } else {
            AtomicWrite.folder(folder, begun -> Json.write(begun.resolve(PLAN), plan));
        }
        while (Files.isDirectory(shards.next())) {
            shards.done.add(Json.read(shards.next().resolve(STATE), State.class));
        }
        return shards;
    }

    /** Returns how many images are done. */
    int images() {
        return done.isEmpty() ? 0 : done.get(done.size() - 1).end();
    }

    /** Returns how many rows there are. */
    int rows() {
        return images() - skipped().size();
    }

    /** Returns which images are done but have no row. */
    List<Skipped> skipped() {
        return done.stream().flatMap(state -> state.skipped().stream()).toList();
    }

    /**
     * Adds the next shard.
     *
     * @param end the image to stop before
     */
    void add(int end, Filling filling) throws IOException {
        int first = images();
        List<Skipped> skipped = new ArrayList<>();
        AtomicWrite.folder(next(), shard -> {
            AtomicWrite.file(shard.resolve(ROWS), rows -> skipped.addAll(filling.fill(rows)));
            Json.write(shard.resolve(STATE), new State(first, end, skipped));
        });
        done.add(new State(first, end, skipped));
    }

    /** Gives all rows in order. */
    void forEach(RowConsumer consumer) throws IOException {
        ByteBuffer row = ByteBuffer.allocateDirect(plan.values() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < done.size(); i++) {
            try (FileChannel rows = FileChannel.open(shard(i).resolve(ROWS), StandardOpenOption.READ)) {
                Set<Integer> skipped = new HashSet<>();
                done.get(i).skipped().forEach(image -> skipped.add(image.id()));
                for (int image = done.get(i).first(); image < done.get(i).end(); image++) {
                    if (!skipped.contains(image)) {
                        read(rows, row.clear());
                        consumer.row(image, row.flip());
                    }
                }
            }
        }
    }

    private static void read(FileChannel rows, ByteBuffer row) throws IOException {
        while (row.hasRemaining()) {
            if (rows.read(row) < 0) {
                throw new IOException("a shard has too few rows");
            }
        }
    }

    private Path next() {
        return shard(done.size());
    }

    private Path shard(int number) {
        return folder.resolve(String.format(Locale.ROOT, "shard-%06d", number));
    }
}
