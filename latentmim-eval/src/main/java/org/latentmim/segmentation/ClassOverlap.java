package org.latentmim.segmentation;

import java.util.stream.IntStream;

/** How predicted and true pixels of each class overlap. Pixels that are not judged count nowhere. */
final class ClassOverlap {

    private final long[] both;
    private final long[] either;

    ClassOverlap(int classes) {
        both = new long[classes];
        either = new long[classes];
    }

    /** Counts pixels: their classes, or {@link PatchLabels#NOT_JUDGED}, and what was predicted, which is always a class. */
    void add(byte[] truth, byte[] predicted) {
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] == PatchLabels.NOT_JUDGED) {
                continue;
            }
            int right = Byte.toUnsignedInt(truth[i]);
            int named = Byte.toUnsignedInt(predicted[i]);
            either[right]++;
            if (right == named) {
                both[right]++;
            } else {
                either[named]++;
            }
        }
    }

    void add(ClassOverlap other) {
        for (int i = 0; i < both.length; i++) {
            both[i] += other.both[i];
            either[i] += other.either[i];
        }
    }

    /** Returns whether any pixel has a class, in truth or prediction. */
    boolean isThere(int index) {
        return either[index] > 0;
    }

    /** Returns in % the pixels that truth and prediction share of those that either has, if the class is there. */
    double percent(int index) {
        return 100.0 * both[index] / either[index];
    }

    /** Returns the mean of {@link #percent} over the classes that are there; 0 if none is. */
    double mean() {
        return IntStream.range(0, both.length).filter(this::isThere).mapToDouble(this::percent).average().orElse(0);
    }
}
