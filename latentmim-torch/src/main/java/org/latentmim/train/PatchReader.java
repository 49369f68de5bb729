package org.latentmim.train;

import static org.bytedeco.pytorch.global.torch.empty;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.data.Batch;
import org.latentmim.data.Normalization;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Progress;
import org.latentmim.vit.Patchify;

/** Turns the pixels of a batch into normalised patches where the run computes. What the methods return lives in the caller's scope. */
public final class PatchReader {

    private final Patchify patchify;
    private final Patchify withoutGap;
    private final MaskSampler maskSampler;
    private final Randomness randomness;
    private final Compute compute;
    private final Tensor scale;
    private final Tensor shift;

    public PatchReader(PatchGrid grid, MaskSampler maskSampler, Normalization normalization, Randomness randomness, Compute compute) {
        this.patchify = new Patchify(grid);
        this.withoutGap = new Patchify(grid.withoutGap());
        this.maskSampler = maskSampler;
        this.randomness = randomness;
        this.compute = compute;
        double[] scales = new double[grid.valuesPerPatch()];
        double[] shifts = new double[grid.valuesPerPatch()];
        for (int i = 0; i < scales.length; i++) {
            int channel = i % grid.channels();
            scales[i] = 1 / (255 * normalization.deviation().get(channel));
            shifts[i] = normalization.mean().get(channel) / normalization.deviation().get(channel);
        }
        this.scale = kept(scales);
        this.shift = kept(shifts);
    }

    /** Cuts the images of a training batch and hides most patches, by chance drawn from (seed, epoch, image). */
    public MaskedPatches masked(Batch batch, Progress progress) {
        int count = batch.images().length;
        int patches = patchify.grid().size();
        int[] offsets = new int[2 * count * patches];
        PatchMask[] masks = new PatchMask[count];
        for (int i = 0; i < count; i++) {
            int image = batch.images()[i];
            patchify.drawOffsets(randomness.generator(Purpose.OFFSETS, batch.epoch(), image), offsets, 2 * i * patches);
            masks[i] = mask(patchify.grid(), maskSampler, randomness, batch.epoch(), image, progress);
            if (masks[i].visibleCount() != masks[0].visibleCount()) {
                throw new FailureException("masking shows " + masks[0].visibleCount() + " patches of one image and "
                        + masks[i].visibleCount() + " of another; all images of a batch must show as many");
            }
        }
        Tensor values = normalised(patchify.cut(pixels(batch.pixels(), count, patchify.grid()), offsets)); // [B, N, P]
        return new MaskedPatches(values, ids(Arrays.stream(masks).map(PatchMask::visible).toArray(int[][]::new)),
                ids(Arrays.stream(masks).map(PatchMask::masked).toArray(int[][]::new)));
    }

    /** Cuts all patches of images without gap, {@code count * height * width * channels} bytes of the evaluation's size. */
    public Patches whole(byte[] pixels, int count) {
        PatchGrid grid = withoutGap.grid();
        int[][] all = new int[count][grid.size()];
        for (int[] ofImage : all) {
            Arrays.setAll(ofImage, id -> id);
        }
        Tensor cut = withoutGap.cut(pixels(pixels, count, grid), new int[2 * count * grid.size()]);
        return new Patches(normalised(cut), ids(all));
    }

    private Tensor pixels(byte[] pixels, int count, PatchGrid grid) {
        long[] shape = {count, grid.height(), grid.width(), grid.channels()};
        Tensor images = empty(shape, new TensorOptions(ScalarType.Byte), null);
        new BytePointer(images.data_ptr()).put(pixels, 0, Math.toIntExact(images.numel()));
        return compute.place(images);
    }

    private Tensor normalised(Tensor bytes) {
        return bytes.to(compute.type()).mul_(scale).sub_(shift);
    }

    private Tensor ids(int[][] ids) {
        long[] flat = new long[ids.length * ids[0].length];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = ids[i / ids[0].length][i % ids[0].length];
        }
        return compute.place(AbstractTensor.create(flat, ids.length, ids[0].length));
    }

    private Tensor kept(double[] values) {
        Tensor tensor = compute.place(AbstractTensor.create(values).to(compute.type()));
        tensor.retainReference();
        return tensor;
    }

    /** Draws the mask of an image. */
    public static PatchMask mask(
            PatchGrid grid, MaskSampler sampler, Randomness randomness, long epoch, int image, Progress progress) {
        RandomGenerator random = randomness.generator(Purpose.MASK, epoch, image);
        return sampler.sample(new MaskContext() {
            @Override
            public PatchGrid grid() {
                return grid;
            }

            @Override
            public RandomGenerator random() {
                return random;
            }

            @Override
            public Progress progress() {
                return progress;
            }
        });
    }
}
