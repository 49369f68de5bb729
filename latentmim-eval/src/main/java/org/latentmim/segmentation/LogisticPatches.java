package org.latentmim.segmentation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.eval.LogisticRegression;

/** Gives all pixels of a patch the class that most of its pixels probably have. Lives in the scope in which it was made. */
final class LogisticPatches implements PatchClassifier {

    private final LabelledPatches patches;
    private final int[] seen;
    private final Tensor labels;
    private final LogisticRegression regression;

    /**
     * Knows nothing yet; of the classes, those that most pixels of some patch have.
     *
     * @param iterations at most, in each fit
     */
    LogisticPatches(LabelledPatches patches, int iterations) {
        int[] modes = patches.labels().modes();
        this.patches = patches;
        this.seen = IntStream.of(modes).distinct().sorted().toArray();
        this.labels = AbstractTensor.create(IntStream.of(modes).mapToLong(mode -> Arrays.binarySearch(seen, mode)).toArray());
        this.regression = new LogisticRegression(patches.features(), seen.length, iterations);
    }

    /**
     * Learns on from what it knows.
     *
     * @param c how much the cross entropies weigh against the weights
     */
    LogisticPatches fit(double c) {
        regression.fit(patches.features(), labels, c);
        return this;
    }

    @Override
    public byte[] predict(Tensor features) {
        int pixels = patches.labels().patchPixels();
        long[] named = new long[Math.toIntExact(features.size(0))];
        try (PointerScope scope = new PointerScope()) {
            regression.named(features).data_ptr_long().get(named);
        }
        byte[] predicted = new byte[named.length * pixels];
        for (int patch = 0; patch < named.length; patch++) {
            Arrays.fill(predicted, patch * pixels, (patch + 1) * pixels, (byte) seen[(int) named[patch]]);
        }
        return predicted;
    }
}
