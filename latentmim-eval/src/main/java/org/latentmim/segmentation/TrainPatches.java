package org.latentmim.segmentation;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.empty;

import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.eval.Standardization;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Randomness.Purpose;

/**
 * The patches to learn from, of which most pixels are judged; those of a tenth of the images are held out to choose by. Lives in
 * the scope in which it was read.
 *
 * @param all the ones held out first
 * @param heldOut how many are
 */
record TrainPatches(LabelledPatches all, int heldOut) {

    private static final int ONE_OF = 10;

    /**
     * Reads patches image by image.
     *
     * @param images at least 2
     * @param most patches to read; if there are more, as many of each image by chance, at least 1
     */
    static TrainPatches read(CutImages images, int most, long seed) throws IOException {
        Randomness randomness = new Randomness(seed);
        int[] order = randomness.order(0, images.images().size());
        int each = Math.max(1, Math.min(images.patches(), most / order.length));
        Tensor features = empty((long) order.length * each, images.featureSize());
        int pixels = images.representation().patchSize() * images.representation().patchSize();
        byte[] classes = new byte[Math.multiplyExact(Math.multiplyExact(order.length, each), pixels)];
        int count = 0;
        int held = 0;
        for (int i = 0; i < order.length; i++) {
            if (i == heldOutImages(order.length)) {
                held = count;
            }
            PatchLabels labels = images.labels(order[i]);
            int[] chosen = some(judged(labels), each, randomness.generator(Purpose.SAMPLE, 0, order[i]));
            try (PointerScope scope = new PointerScope()) {
                Tensor indices = AbstractTensor.create(Arrays.stream(chosen).asLongStream().toArray());
                features.narrow(0, count, chosen.length).copy_(images.features(order[i]).index_select(0, indices));
            }
            for (int patch : chosen) {
                System.arraycopy(labels.classes(), patch * pixels, classes, count++ * pixels, pixels);
            }
        }
        return new TrainPatches(new LabelledPatches(
                features.narrow(0, 0, count), new PatchLabels(pixels, Arrays.copyOf(classes, count * pixels))), held);
    }

    /** Returns how many of so many images are held out. */
    static int heldOutImages(int images) {
        return Math.max(1, images / ONE_OF);
    }

    private static int[] judged(PatchLabels labels) {
        return IntStream.range(0, labels.patches()).filter(patch -> labels.mode(patch) != PatchLabels.NOT_JUDGED).toArray();
    }

    /** Puts so many of them, at most all, at the start by chance, and returns those. */
    private static int[] some(int[] patches, int most, RandomGenerator random) {
        int count = Math.min(most, patches.length);
        for (int i = 0; i < count && count < patches.length; i++) {
            int other = random.nextInt(i, patches.length);
            int chosen = patches[other];
            patches[other] = patches[i];
            patches[i] = chosen;
        }
        return Arrays.copyOf(patches, count);
    }

    LabelledPatches held() {
        return all.range(0, heldOut);
    }

    LabelledPatches rest() {
        return all.range(heldOut, all.labels().patches());
    }

    /** Measures the patches to learn from. */
    Standardization standardization() {
        Tensor rows = arange(new Scalar(heldOut), new Scalar(all.labels().patches()));
        return Standardization.of(all.features(), rows);
    }

    TrainPatches scaled(Standardization standardization) {
        return new TrainPatches(new LabelledPatches(standardization.of(all.features()), all.labels()), heldOut);
    }
}
