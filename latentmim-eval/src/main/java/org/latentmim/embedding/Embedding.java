package org.latentmim.embedding;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.NamedTensors;
import org.latentmim.checkpoint.Safetensors;
import org.latentmim.data.Batch;
import org.latentmim.data.EvaluationView;
import org.latentmim.data.Normalization;
import org.latentmim.data.OrderedImages;
import org.latentmim.data.Unreadable;
import org.latentmim.embedding.Manifest.Skipped;
import org.latentmim.pipeline.Assembly;
import org.latentmim.representation.BlockFeatures;
import org.latentmim.representation.Pooling;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.OutputFolder;
import org.latentmim.runtime.Sha256;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.ImageSet;
import org.latentmim.train.PatchReader;

/**
 * The images of a set as an encoder sees them, through the evaluation's view. While the network computes, workers decode the next
 * images. What was embedded when the program was killed is not embedded again. Not thread-safe.
 */
public final class Embedding {

    private static final int BATCHES_IN_SHARD = 16;
    private static final int BATCH_ON_CPU = 8; // larger ones leave the caches
    private static final int BATCH_ON_GPU = 256;

    private final Checkpoint checkpoint;
    private final ImageSet images;
    private final EvaluationView view;
    private final Compute compute;
    private final int workers;
    private final BlockFeatures features;
    private final EmbeddingPlan plan;

    /**
     * Loads the encoder.
     *
     * @param assembly of the checkpoint's recipe, with the images to embed as those to learn from
     * @param part of the checkpoint whose tensors to take: {@code encoder}, or {@code target_encoder}
     * @param layer the block, counted from the last, which is 1
     * @param batch images in a batch; what is fast if left out
     * @throws UsageException if the checkpoint has no such part, or the encoder no such layer or token
     * @throws FailureException if the checkpoint cannot be read, or does not fit the recipe
     */
    public Embedding(Assembly assembly, Checkpoint checkpoint, String part, Pooling pooling, int layer, OptionalInt batch) {
        if (batch.orElse(1) < 1) {
            throw new UsageException("--batch must be at least 1, but is " + batch.getAsInt() + ".");
        }
        this.checkpoint = checkpoint;
        this.images = assembly.trainImages();
        this.view = assembly.get(EvaluationView.class);
        this.compute = assembly.get(Compute.class);
        this.workers = assembly.recipe().runtime().workersOrDefault();
        Encoder encoder = assembly.onlineEncoder();
        load(part, encoder);
        this.features = new BlockFeatures(encoder, assembly.get(PatchReader.class), compute, pooling, layer);
        this.plan = plan(part, batch.orElse(compute.onGpu() ? BATCH_ON_GPU : BATCH_ON_CPU), assembly.get(Normalization.class));
    }

    private void load(String part, Encoder encoder) {
        compute.place(encoder.parameters());
        try (Safetensors file = Safetensors.open(checkpoint.file(Checkpoint.MODEL))) {
            if (file.names().stream().noneMatch(name -> name.startsWith(part + "."))) {
                TreeSet<String> parts = new TreeSet<>();
                file.names().forEach(name -> parts.add(name.substring(0, name.indexOf('.'))));
                throw new UsageException("There is no " + part + " in " + checkpoint.file(Checkpoint.MODEL) + ", only "
                        + String.join(", ", parts) + ".");
            }
            new NamedTensors().add(part, encoder.parameters().all()).copyPartFrom(file);
        }
    }

    private EmbeddingPlan plan(String part, int batch, Normalization normalization) {
        try {
            return new EmbeddingPlan(
                    Sha256.of(checkpoint.file(Checkpoint.MODEL)), part, features.pooling().toString(), features.layer(),
                    new EmbeddingPlan.Preprocessing(view.resize(), view.height(), view.width(), normalization.mean(),
                            normalization.deviation()),
                    compute.toString(), batch, shape(),
                    new EmbeddingPlan.Images(images.size(), sumOfIds(), images.classes()));
        } catch (IOException e) {
            throw new FailureException(checkpoint.file(Checkpoint.MODEL) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Of what the set calls its images, each ended by a zero. */
    private String sumOfIds() {
        Sha256 sum = new Sha256();
        for (int i = 0; i < images.size(); i++) {
            sum.add(ByteBuffer.wrap((images.id(i) + '\0').getBytes(StandardCharsets.UTF_8)));
        }
        return sum.text();
    }

    /** Embeds one black image, to see what comes. */
    private List<Long> shape() {
        Batch black = new Batch(new byte[view.height() * view.width() * view.channels()], new int[] {0}, 0, 0);
        try (PointerScope scope = new PointerScope()) {
            return Arrays.stream(features.of(black).shape()).skip(1).boxed().toList();
        } catch (IllegalArgumentException | UnsupportedOperationException e) {
            throw new UsageException("The layer " + features.layer() + " pooled by " + features.pooling() + " is not to be had: "
                    + e.getMessage() + ".", e);
        }
    }

    /** Returns what decides the numbers. */
    public EmbeddingPlan plan() {
        return plan;
    }

    /**
     * Looks whether the embedding could be written, and writes nothing.
     *
     * @param out the file, which ends in {@code .parquet} or {@code .npy}
     * @throws UsageException if it ends in something else
     * @throws FailureException if its folder cannot be made or written to
     */
    public static void check(Path out) {
        EmbeddingFormat.of(out);
        folder(out).check();
    }

    /**
     * Embeds all images that are not embedded yet, and writes the file, with a manifest beside it. If all is there already, that
     * is all right.
     *
     * @param out the file, which ends in {@code .parquet} or {@code .npy}
     * @param environment what the manifest tells of machine and versions
     * @param progress told how many images are done, at the start and after each batch
     * @throws UsageException if there is another embedding in the file or unfinished beside it
     * @throws FailureException if no image can be read, or the file cannot be written
     */
    public Manifest write(Path out, Map<String, ?> environment, IntConsumer progress) {
        check(out);
        folder(out).make();
        Path place = out.toAbsolutePath();
        Path unfinished = beside(place, ".unfinished");
        Path manifest = beside(place, ".json");
        try {
            if (Files.exists(place) && Files.exists(manifest)) {
                Manifest there = Json.read(manifest, Manifest.class);
                if (!there.plan().equals(plan)) {
                    throw new UsageException("There is another embedding in " + out + ", with "
                            + Difference.of(there.plan(), plan) + ": name another file with --out, or remove it.");
                }
                AtomicWrite.delete(unfinished);
                return there;
            }
            if (Files.exists(place) && !Files.exists(unfinished)) {
                throw new UsageException("The file " + out + " is there already: name another one with --out, or remove it.");
            }
            Shards shards = Shards.open(unfinished, plan);
            embed(shards, progress);
            if (shards.rows() == 0) {
                throw new FailureException("None of the " + images.size() + " images can be read; the first: "
                        + shards.skipped().get(0).reason() + ".");
            }
            EmbeddingFormat.of(out).write(place, plan, images, shards);
            Manifest complete =
                    new Manifest(plan, checkpoint.folder().toString(), shards.rows(), shards.skipped(), environment);
            Json.write(manifest, complete);
            AtomicWrite.delete(unfinished);
            return complete;
        } catch (IOException e) {
            throw new FailureException("The embedding " + out + " cannot be written: " + e.getMessage() + ".", e);
        }
    }

    private void embed(Shards shards, IntConsumer progress) throws IOException {
        int perShard = BATCHES_IN_SHARD * plan.batch();
        int first = shards.images() / plan.batch();
        progress.accept(shards.images());
        if (shards.images() == images.size()) {
            return;
        }
        try (OrderedImages batches = OrderedImages.skipping(images, view, plan.batch(), first, workers);
                Autocast weightsKeptNarrow = compute.autocast()) {
            while (batches.hasNext()) {
                int from = shards.images();
                int end = (int) Math.min(images.size(), (long) from + perShard);
                shards.add(end, rows -> {
                    for (int done = from; done < end; done = Math.min(end, done + plan.batch())) {
                        write(batches.next(), rows);
                        progress.accept(Math.min(end, done + plan.batch()));
                    }
                    return skipped(batches, from, end);
                });
            }
        }
    }

    private void write(Batch batch, FileChannel rows) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            Tensor embedded = features.of(batch).cpu().contiguous();
            int row = plan.values() * Float.BYTES;
            for (int i = 0; i < batch.size(); i++) {
                if (batch.images()[i] != Batch.SKIPPED) {
                    BytePointer values = new BytePointer(embedded.data_ptr());
                    ByteBuffer bytes = values.position((long) i * row).limit((long) (i + 1) * row).asByteBuffer();
                    while (bytes.hasRemaining()) {
                        rows.write(bytes);
                    }
                }
            }
        }
    }

    private static List<Skipped> skipped(OrderedImages batches, int from, int end) {
        return batches.skipped().subMap(from, end).entrySet().stream()
                .map(entry -> {
                    Unreadable image = entry.getValue();
                    return new Skipped(entry.getKey(), image.id(), image.reason());
                })
                .toList();
    }

    private static OutputFolder folder(Path out) {
        return new OutputFolder(out.toAbsolutePath().getParent());
    }

    private static Path beside(Path out, String ending) {
        return out.resolveSibling(out.getFileName() + ending);
    }
}
