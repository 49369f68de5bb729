package org.latentmim.train;

import static org.bytedeco.pytorch.global.torch.arange;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.data.Batch;
import org.latentmim.data.Normalization;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.patch.PatchPixels;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Progress;
import org.latentmim.vit.Patchify;

/**
 * Turns the pixels of a batch into normalised patches where the run computes. What the methods return lives in the caller's
 * scope.
 */
public final class PatchReader {

    private final Patchify patchify;
    private final Patchify withoutGap;
    private final MaskSampler maskSampler;
    private final Randomness randomness;
    private final Compute compute;
    private final Supplier<Optional<Encoder>> watcher;
    private final Normalization normalization;
    private final Tensor scale;
    private final Tensor shift;

    /**
     * @param watcher gives the encoder whose class token says where to look, when a sampler first masks by attention
     */
    public PatchReader(PatchGrid grid, MaskSampler maskSampler, Normalization normalization, Randomness randomness, Compute compute,
            Supplier<Optional<Encoder>> watcher) {
        this.patchify = new Patchify(grid);
        this.withoutGap = new Patchify(grid.withoutGap());
        this.maskSampler = maskSampler;
        this.randomness = randomness;
        this.compute = compute;
        this.watcher = watcher;
        this.normalization = normalization;
        int perPatch = grid.valuesPerPatch();
        double[] scales = new double[grid.bands() * perPatch];
        double[] shifts = new double[grid.bands() * perPatch];
        for (int i = 0; i < scales.length; i++) {
            int channel = i / perPatch * grid.channelsPerPatch() + i % grid.channelsPerPatch();
            scales[i] = 1 / (255 * normalization.deviation().get(channel));
            shifts[i] = normalization.mean().get(channel) / normalization.deviation().get(channel);
        }
        this.scale = kept(scales, grid.bands(), 1, perPatch);
        this.shift = kept(shifts, grid.bands(), 1, perPatch);
    }

    /** Returns mean and deviation of the pixels. */
    public Normalization normalization() {
        return normalization;
    }

    /** Returns a tensor where the run computes. */
    public Tensor place(Tensor tensor) {
        return compute.place(tensor);
    }

    /** Cuts the images of a training batch and hides most patches, by chance drawn from (seed, epoch, image). */
    public MaskedPatches masked(Batch batch, Progress progress) {
        int[] starts = starts(batch);
        Tensor values = cut(batch, starts); // [B, N, P]
        List<PatchMask> masks = masks(batch, starts, progress, () -> values);
        return new MaskedPatches(
                values, ids(masks, PatchMask::visible), ids(masks, PatchMask::masked), ids(masks, PatchMask::omitted));
    }

    /** Returns where {@link #masked} cuts: for each image and cell the row and the column of its patches, from the cell's. */
    public int[] starts(Batch batch) {
        int perImage = 2 * patchify.grid().cells();
        int[] starts = new int[batch.size() * perImage];
        for (int i = 0; i < batch.size(); i++) {
            patchify.drawOffsets(randomness.generator(Purpose.OFFSETS, batch.epoch(), batch.images()[i]), starts, i * perImage);
        }
        return starts;
    }

    /**
     * Returns the masks that {@link #masked} draws, one for each image.
     *
     * @param starts those of the batch
     */
    public List<PatchMask> masks(Batch batch, int[] starts, Progress progress) {
        return masks(batch, starts, progress, () -> cut(batch, starts));
    }

    private PatchMask mask(MaskContext image) {
        try {
            return maskSampler.sample(image);
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException e) {
            throw new UsageException("masking: " + e.getMessage(), e);
        }
    }

    private List<PatchMask> masks(Batch batch, int[] starts, Progress progress, Supplier<Tensor> values) {
        BatchAttention attention = new BatchAttention(values);
        PatchMask[] masks = new PatchMask[batch.size()];
        for (int i = 0; i < masks.length; i++) {
            masks[i] = mask(new ImageToMask(batch, i, starts, attention, progress));
            if (masks[i].visibleCount() != masks[0].visibleCount() || masks[i].maskedCount() != masks[0].maskedCount()) {
                throw new FailureException("masking shows " + masks[0].visibleCount() + " and hides " + masks[0].maskedCount()
                        + " patches of one image, and " + masks[i].visibleCount() + " and " + masks[i].maskedCount()
                        + " of another; all images of a batch must show and hide as many");
            }
        }
        return List.of(masks);
    }

    private Tensor cut(Batch batch, int[] starts) {
        return normalised(patchify.cut(pixels(batch.pixels(), batch.size(), patchify.grid()), starts));
    }

    /** Cuts all patches of images without gap, {@code count * height * width * channels} bytes of the evaluation's size. */
    public Patches whole(byte[] pixels, int count) {
        return whole(pixels, count, withoutGap);
    }

    /**
     * Cuts all patches of images of another size.
     *
     * @param grid without gap, with the patches and channels of this reader's
     */
    public Patches whole(byte[] pixels, int count, PatchGrid grid) {
        return whole(pixels, count, new Patchify(grid));
    }

    private Patches whole(byte[] pixels, int count, Patchify without) {
        PatchGrid grid = without.grid();
        int[][] all = new int[count][grid.size()];
        for (int[] ofImage : all) {
            Arrays.setAll(ofImage, id -> id);
        }
        Tensor cut = without.cut(pixels(pixels, count, grid), new int[2 * count * grid.size()]);
        return new Patches(normalised(cut), ids(all));
    }

    private Tensor pixels(byte[] pixels, int count, PatchGrid grid) {
        Tensor images = compute.onHost(ScalarType.Byte, count, grid.height(), grid.width(), grid.channels());
        new BytePointer(images.data_ptr()).put(pixels, 0, Math.toIntExact(images.numel()));
        return compute.place(images);
    }

    /** Normalises {@code [B, N, P]}, each channel by its own mean and deviation. */
    private Tensor normalised(Tensor bytes) {
        Tensor wide = bytes.to(compute.type());
        int bandCount = patchify.grid().bands();
        Tensor bands = wide.view(wide.size(0), bandCount, wide.size(1) / bandCount, wide.size(2));
        bands.mul_(scale).sub_(shift);
        return wide;
    }

    private Tensor ids(List<PatchMask> masks, Function<PatchMask, int[]> part) {
        return ids(masks.stream().map(part).toArray(int[][]::new));
    }

    private Tensor ids(int[][] ids) {
        long[] flat = new long[ids.length * ids[0].length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = ids[i / ids[0].length][i % ids[0].length];
        }
        Tensor tensor = compute.onHost(ScalarType.Long, ids.length, ids[0].length);
        if (flat.length > 0) {
            new LongPointer(tensor.data_ptr()).put(flat);
        }
        return compute.place(tensor);
    }

    private Tensor kept(double[] values, long... shape) {
        Tensor tensor = compute.place(AbstractTensor.create(values, shape).to(compute.type()));
        tensor.retainReference();
        return tensor;
    }

    /** What a sampler may look at of one image of a batch. */
    private final class ImageToMask implements MaskContext {

        private final Batch batch;
        private final int place;
        private final int[] starts;
        private final BatchAttention attention;
        private final Progress progress;
        private final RandomGenerator random;

        ImageToMask(Batch batch, int place, int[] starts, BatchAttention attention, Progress progress) {
            this.batch = batch;
            this.place = place;
            this.starts = starts;
            this.attention = attention;
            this.progress = progress;
            this.random = randomness.generator(Purpose.MASK, batch.epoch(), batch.images()[place]);
        }

        @Override
        public PatchGrid grid() {
            return patchify.grid();
        }

        @Override
        public RandomGenerator random() {
            return random;
        }

        @Override
        public Progress progress() {
            return progress;
        }

        @Override
        public PatchPixels pixels() {
            PatchGrid grid = patchify.grid();
            int size = grid.height() * grid.width() * grid.channels();
            return new PatchPixels(grid, batch.pixels(), place * size, starts, 2 * place * grid.cells());
        }

        @Override
        public float[] attention() {
            return attention.of(place);
        }
    }

    /** Where the watcher looks in the images of a batch, found when the first of them is asked for. */
    private final class BatchAttention {

        private final Supplier<Tensor> values;
        private float[] ofAll;

        BatchAttention(Supplier<Tensor> values) {
            this.values = values;
        }

        float[] of(int place) {
            int size = patchify.grid().size();
            if (ofAll == null) {
                Encoder encoder = encoder(); // before the scope: it may be built now, and must outlive it
                try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard();
                        Autocast precision = compute.autocast()) {
                    Tensor whole = values.get();
                    Tensor all = arange(new Scalar(size)).to(whole.device(), ScalarType.Long).expand(whole.size(0), size);
                    Tensor byHead = encoder.attention(new Patches(whole, all)); // [B, heads, N]
                    Tensor mean = byHead.to(ScalarType.Float).mean(1).cpu().contiguous();
                    float[] read = new float[(int) mean.numel()];
                    mean.data_ptr_float().get(read);
                    ofAll = read;
                }
            }
            return Arrays.copyOfRange(ofAll, place * size, (place + 1) * size);
        }

        private Encoder encoder() {
            return watcher.get().orElseThrow(() -> new UnsupportedOperationException(
                    "attention asks the target's encoder where to look, and this target has none; "
                            + "a target such as momentum has one"));
        }
    }
}
