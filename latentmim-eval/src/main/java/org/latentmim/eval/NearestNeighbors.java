package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.health.Tokens;
import org.latentmim.runtime.Products;
import org.latentmim.runtime.WholeFloats;

/**
 * The most similar features of a gallery, by cosine: exact, by comparing all with all. Blocks of the gallery meet blocks of the
 * queries, each in a scope of its own, so that similarities never take more than 32 MiB, which the allocator keeps for the next block,
 * and of the features only blocks are copied to where they are compared.
 *
 * @param similarity {@code [m, k]}, the highest first
 * @param index {@code [m, k]}, rows of the gallery
 */
record NearestNeighbors(Tensor similarity, Tensor index) {

    private static final long GALLERY_BLOCK = 1L << 15;
    private static final long QUERY_BLOCK = 240;
    private static final long GROUP = 32;

    /**
     * Finds the neighbours of queries in a gallery of others.
     *
     * @param gallery {@code [n, D]}
     * @param queries {@code [m, D]}
     * @param k how many, from 1 to n
     * @param place moves a tensor to where to compute
     * @return on the CPU, in the caller's scope
     */
    static NearestNeighbors in(Tensor gallery, Tensor queries, int k, UnaryOperator<Tensor> place) {
        return search(gallery, queries, k, false, place);
    }

    /**
     * Finds the neighbours of each row of features among all other rows.
     *
     * @param features {@code [n, D]}
     * @param k how many, from 1 to n - 1
     */
    static NearestNeighbors amongOthers(Tensor features, int k, UnaryOperator<Tensor> place) {
        return search(features, features, k, true, place);
    }

    /**
     * Lets the neighbours vote with weights {@code exp(similarity / temperature)}.
     *
     * @param labels of the gallery, {@code [n]}, 64-bit integers from 0 to {@code classes - 1}
     * @param voters how many of them vote, from 1 to k
     * @return {@code [m]}, the labels with the highest sums
     */
    Tensor vote(Tensor labels, int classes, int voters, double temperature) {
        Tensor named = empty(new long[] {similarity.size(0)}, new TensorOptions(ScalarType.Long), null);
        for (long start = 0; start < similarity.size(0); start += QUERY_BLOCK) {
            long size = Math.min(QUERY_BLOCK, similarity.size(0) - start);
            try (PointerScope block = new PointerScope()) {
                Tensor near = similarity.narrow(0, start, size).narrow(1, 0, voters);
                Tensor weights = near.sub(near.narrow(1, 0, 1)).div_(new Scalar(temperature)).exp_();       // [size, voters]
                Tensor voices = labels.index_select(0, index.narrow(0, start, size).narrow(1, 0, voters).flatten());
                Tensor votes = zeros(new long[] {size, classes}, weights.options())
                        .scatter_add_(1, voices.view(size, voters), weights);
                named.narrow(0, start, size).copy_(votes.argmax(new LongOptional(1), false));
            }
        }
        return named;
    }

    private static NearestNeighbors search(Tensor gallery, Tensor queries, int k, boolean others, UnaryOperator<Tensor> place) {
        long images = queries.size(0);
        NearestNeighbors found = new NearestNeighbors(
                full(new long[] {images, k}, new Scalar(Double.NEGATIVE_INFINITY), queries.options()),
                zeros(new long[] {images, k}, new TensorOptions(ScalarType.Long)));
        for (long from = 0; from < gallery.size(0); from += GALLERY_BLOCK) {
            try (PointerScope galleryBlock = new PointerScope(); WholeFloats exact = new WholeFloats()) {
                Tensor some = Tokens.unit(place.apply(gallery.narrow(0, from, Math.min(GALLERY_BLOCK, gallery.size(0) - from))));
                for (long start = 0; start < images; start += QUERY_BLOCK) {
                    long size = Math.min(QUERY_BLOCK, images - start);
                    try (PointerScope queryBlock = new PointerScope()) {
                        Tensor asked = Tokens.unit(place.apply(queries.narrow(0, start, size)));
                        // The fewer rows are the second factor, which is packed anew each time: [n, size]
                        Tensor similarity = Products.of(some.unsqueeze(0), asked, new TensorOptional()).squeeze(0);
                        if (others) {
                            similarity.diagonal(from - start, 0, 1).fill_(new Scalar(Double.NEGATIVE_INFINITY));
                        }
                        found.part(start, size).take(highest(similarity, Math.min(k, some.size(0))), from);
                    }
                }
            }
        }
        return found;
    }

    private NearestNeighbors part(long start, long size) {
        return new NearestNeighbors(similarity.narrow(0, start, size), index.narrow(0, start, size));
    }

    /** Takes over what is nearer, from rows of the gallery that begin with {@code from}. */
    private void take(NearestNeighbors others, long from) {
        Tensor all = cat(new TensorVector(similarity, others.similarity.cpu()), 1);
        Tensor rows = cat(new TensorVector(index, others.index.cpu().add_(new Scalar(from))), 1);
        T_TensorTensor_T best = all.topk(similarity.size(1), 1, true, true);
        similarity.copy_(best.get0());
        index.copy_(rows.gather(1, best.get1()));
    }

    /**
     * Finds the highest numbers of each column, {@code [columns, k]}. Rows are taken in groups; the k highest lie in the k groups whose
     * maxima are the highest, so that only those are looked through.
     */
    private static NearestNeighbors highest(Tensor columns, long k) {
        long height = columns.size(0);
        long groups = height / GROUP;
        if (groups < 4 * k) {
            return NearestNeighbors.of(columns.t().topk(k, 1, true, true));
        }
        // Row r is of group r % groups; those that do not fill a group are always looked through.
        Tensor maxima = columns.narrow(0, 0, groups * GROUP).view(GROUP, groups, columns.size(1)).amax(new long[] {0}, false);
        Tensor chosen = maxima.t().contiguous().topk(k, 1, true, false).get1();                             // [columns, k]
        TensorOptions whole = chosen.options();
        Tensor members = arange(new Scalar(0), new Scalar(groups * GROUP), new Scalar(groups), whole).view(1, GROUP, 1);
        Tensor rest = arange(new Scalar(groups * GROUP), new Scalar(height), whole);
        Tensor rows = cat(new TensorVector(chosen.unsqueeze(1).add(members).flatten(1, 2),
                rest.unsqueeze(0).expand(chosen.size(0), rest.size(0))), 1);
        NearestNeighbors best = NearestNeighbors.of(columns.t().gather(1, rows).topk(k, 1, true, true));
        return new NearestNeighbors(best.similarity, rows.gather(1, best.index));
    }

    private static NearestNeighbors of(T_TensorTensor_T pair) {
        return new NearestNeighbors(pair.get0(), pair.get1());
    }
}
