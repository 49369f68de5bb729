package org.latentmim.segmentation;

import static org.bytedeco.pytorch.global.torch.addmm;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Patches with known pixels, of which the nearest are asked for theirs. Queries are taken in chunks, so that a block of
 * similarities {@code [chunk, known]} never takes more than 256 MB. Lives as long as the scope in which it was made.
 */
final class PatchNeighbors {

    /** What makes two patches near. */
    enum Distance {
        COSINE,
        L2;

        @Override
        public String toString() {
            return this == L2 ? "L2" : name().toLowerCase(Locale.ROOT);
        }
    }

    private static final long LARGEST_BLOCK = 1L << 26;
    private static final long LARGEST_CHUNK = 1024;

    private final Distance distance;
    private final PatchLabels known;
    private final Tensor features;
    private final Tensor offsets;

    /**
     * @param patches whose pixels that are not judged vote as most pixels of their patch
     */
    PatchNeighbors(LabelledPatches patches, Distance distance) {
        this.distance = distance;
        this.known = patches.labels().filled();
        this.features = scaled(patches.features());
        this.offsets = distance == Distance.COSINE
                ? zeros(new long[] {features.size(0)}, features.options())
                : squares(features).mul_(new Scalar(-0.5)); // a b - b b / 2 falls as |a - b| grows
    }

    /**
     * Finds the nearest patches of each query.
     *
     * @param queries {@code [m, D]}
     * @param most how many, at most n
     * @return {@code most} numbers for each query, the nearest first
     */
    int[] nearest(Tensor queries, int most) {
        int count = Math.toIntExact(queries.size(0));
        int[] nearest = new int[Math.multiplyExact(count, most)];
        long[] indices = new long[(int) LARGEST_CHUNK * most];
        long chunk = Math.max(1, Math.min(LARGEST_CHUNK, LARGEST_BLOCK / features.size(0)));
        for (long start = 0; start < count; start += chunk) {
            long size = Math.min(chunk, count - start);
            try (PointerScope step = new PointerScope()) {
                Tensor similarity = addmm(offsets, scaled(queries.narrow(0, start, size)), features.t()); // [chunk, n]
                similarity.topk(most, 1, true, true).get1().contiguous().data_ptr_long().get(indices, 0, (int) size * most);
            }
            for (int i = 0; i < size * most; i++) {
                nearest[(int) start * most + i] = (int) indices[i];
            }
        }
        return nearest;
    }

    /**
     * Lets the nearest patches vote on every pixel; of classes with as many votes the lowest wins.
     *
     * @param nearest as found, {@code most} for each query
     * @param voters how many of them vote
     * @return the class of every pixel, query after query
     */
    byte[] vote(int[] nearest, int most, int voters) {
        int queries = nearest.length / most;
        int pixels = known.patchPixels();
        byte[] predicted = new byte[queries * pixels];
        int[] votes = new int[256];
        for (int query = 0; query < queries; query++) {
            for (int pixel = 0; pixel < pixels; pixel++) {
                int elected = 255;
                for (int i = query * most; i < query * most + voters; i++) {
                    int named = Byte.toUnsignedInt(known.classes()[nearest[i] * pixels + pixel]);
                    votes[named]++;
                    if (votes[named] > votes[elected] || votes[named] == votes[elected] && named < elected) {
                        elected = named;
                    }
                }
                for (int i = query * most; i < query * most + voters; i++) {
                    votes[Byte.toUnsignedInt(known.classes()[nearest[i] * pixels + pixel])] = 0;
                }
                predicted[query * pixels + pixel] = (byte) elected;
            }
        }
        return predicted;
    }

    private Tensor scaled(Tensor patches) {
        if (distance == Distance.L2) {
            return patches;
        }
        return patches.div(norm(patches).clamp_min(new Scalar(1e-12)));
    }

    private static Tensor squares(Tensor patches) {
        return norm(patches).square_().squeeze(1);
    }

    private static Tensor norm(Tensor patches) {
        return patches.norm(new ScalarOptional(new Scalar(2)), new long[] {1}, true);
    }
}
