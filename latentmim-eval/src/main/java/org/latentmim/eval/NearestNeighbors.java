package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;

/**
 * Classifies features by their neighbours in cosine similarity. Queries are taken in chunks, so that a block of similarities
 * {@code [chunk, gallery]} never takes more than 256 MB; each chunk has a scope of its own.
 */
final class NearestNeighbors {

    private static final long LARGEST_BLOCK = 1L << 26;
    private static final long LARGEST_CHUNK = 1024;

    private NearestNeighbors() {}

    /**
     * Returns in % how often the most similar other image has the same label.
     *
     * @param features {@code [n, D]}
     * @param labels {@code [n]}, 64-bit integers
     */
    static double leaveOneOut(Tensor features, Tensor labels) {
        try (PointerScope scope = new PointerScope()) {
            Tensor normalised = normalised(features);
            long images = features.size(0);
            long chunk = chunk(images);
            long correct = 0;
            for (long start = 0; start < images; start += chunk) {
                long size = Math.min(chunk, images - start);
                try (PointerScope step = new PointerScope()) {
                    Tensor similarity = normalised.narrow(0, start, size).matmul(normalised.t());      // [chunk, n]
                    similarity.diagonal(start, 0, 1).fill_(new Scalar(Double.NEGATIVE_INFINITY));
                    Tensor nearest = similarity.argmax(new LongOptional(1), false);                    // [chunk]
                    correct += count(labels.index_select(0, nearest), labels.narrow(0, start, size));
                }
            }
            return 100.0 * correct / images;
        }
    }

    /**
     * Returns in % how often the vote of the k most similar images of the gallery, each with weight
     * {@code exp(similarity / temperature)}, names the label of a query; one number for each k.
     *
     * @param gallery {@code [n, D]} with labels {@code [n]} from 0 to {@code classes - 1}, 64-bit integers
     * @param queries {@code [m, D]} with labels {@code [m]}
     * @param ks numbers of neighbours, from 1 to n
     */
    static List<Double> weighted(Tensor gallery, Tensor galleryLabels, Tensor queries, Tensor queryLabels, int classes,
            List<Integer> ks, double temperature) {
        try (PointerScope scope = new PointerScope()) {
            Tensor normalisedGallery = normalised(gallery).t();
            Tensor normalisedQueries = normalised(queries);
            long images = queries.size(0);
            long chunk = chunk(gallery.size(0));
            long[] correct = new long[ks.size()];
            for (long start = 0; start < images; start += chunk) {
                long size = Math.min(chunk, images - start);
                try (PointerScope step = new PointerScope()) {
                    Tensor similarity = normalisedQueries.narrow(0, start, size).matmul(normalisedGallery);  // [chunk, n]
                    T_TensorTensor_T nearest = similarity.topk(Collections.max(ks), 1, true, true);
                    Tensor best = nearest.get0().narrow(1, 0, 1);
                    Tensor weights = nearest.get0().sub(best).div(new Scalar(temperature)).exp();            // [chunk, k]
                    Tensor labels = galleryLabels.index_select(0, nearest.get1().flatten()).view_as(nearest.get1());
                    for (int i = 0; i < correct.length; i++) {
                        Tensor votes = zeros(new long[] {size, classes}, weights.options());
                        votes.scatter_add_(1, labels.narrow(1, 0, ks.get(i)), weights.narrow(1, 0, ks.get(i)));
                        Tensor named = votes.argmax(new LongOptional(1), false);
                        correct[i] += count(named, queryLabels.narrow(0, start, size));
                    }
                }
            }
            List<Double> accuracies = new ArrayList<>();
            for (long right : correct) {
                accuracies.add(100.0 * right / images);
            }
            return accuracies;
        }
    }

    private static Tensor normalised(Tensor features) {
        Tensor norm = features.norm(new ScalarOptional(new Scalar(2)), new long[] {1}, true);
        return features.div(norm.clamp_min(new Scalar(1e-12)));
    }

    private static long count(Tensor named, Tensor labels) {
        return named.eq(labels).sum().item_long();
    }

    private static long chunk(long gallery) {
        return Math.max(1, Math.min(LARGEST_CHUNK, LARGEST_BLOCK / gallery));
    }
}
