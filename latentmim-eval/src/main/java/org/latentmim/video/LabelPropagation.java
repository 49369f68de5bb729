package org.latentmim.video;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.empty;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Passes the labels of patches on from frame to frame: a patch gets the labels of the patches that look most like it, in the
 * first frame and the last ones, not far from its own place. A tile of the target is compared with what lies around it and
 * nothing else, so that {@code TILE² * frames * (TILE + 2 * neighborhood)²} similarities are in memory, a few times: 30 MB for
 * 8 frames and a neighborhood of 12, whatever their size. The remembered frames take {@code frames * patches * D} floats.
 * Lives in the scope in which it was made.
 */
final class LabelPropagation {

    private static final long TILE = 12;

    private final VideoSegmentationEvaluator.Config config;
    private final Tensor features; // [1 + lastFrames, rows, columns, D] of length 1: the first frame, then a ring of the last
    private final Tensor labels;   // [1 + lastFrames, rows, columns, C]
    private final long rows;
    private final long columns;
    private long frames;

    /**
     * @param first features of the first frame, {@code [rows * columns, D]}
     * @param given its labels, {@code [rows, columns, C]}
     */
    LabelPropagation(VideoSegmentationEvaluator.Config config, Tensor first, Tensor given) {
        this.config = config;
        this.rows = given.size(0);
        this.columns = given.size(1);
        this.features = empty(1 + config.lastFrames(), rows, columns, first.size(1));
        this.labels = empty(1 + config.lastFrames(), rows, columns, given.size(2));
        remember(0, normalised(first), given);
    }

    /**
     * Returns the labels of the next frame.
     *
     * @param described its features, {@code [rows * columns, D]}
     * @return {@code [rows, columns, C]}, of which those of a patch sum to 1
     */
    Tensor next(Tensor described) {
        Tensor target = normalised(described);
        Tensor passedOn = empty(rows, columns, labels.size(3));
        for (long top = 0; top < rows; top += TILE) {
            for (long left = 0; left < columns; left += TILE) {
                try (PointerScope scope = new PointerScope()) {
                    label(target, passedOn, new Span(top, Math.min(TILE, rows - top)),
                            new Span(left, Math.min(TILE, columns - left)));
                }
            }
        }
        if (config.lastFrames() > 0) {
            remember(1 + (frames - 1) % config.lastFrames(), target, passedOn);
        }
        return passedOn;
    }

    /** Rows or columns that lie side by side. */
    private record Span(long first, long size) {

        Span widened(long by, long limit) {
            long from = Math.max(0, first - by);
            return new Span(from, Math.min(limit, first + size + by) - from);
        }

        Tensor distance(Span other, long... shape) {
            return arange(new Scalar(first), new Scalar(first + size)).view(shape[0], shape[1], 1, 1)
                    .sub(arange(new Scalar(other.first), new Scalar(other.first + other.size)).view(1, 1, shape[2], shape[3]))
                    .abs();
        }
    }

    private void label(Tensor target, Tensor passedOn, Span down, Span across) {
        Span around = down.widened(config.neighborhood(), rows);
        Span beside = across.widened(config.neighborhood(), columns);
        long patches = down.size() * across.size();
        Tensor similarity = part(target.unsqueeze(0), 1, down, across).matmul(
                part(features, known(), around, beside).t()); // [patches, known * places]
        Scalar reach = new Scalar(config.neighborhood());
        Tensor far = down.distance(around, -1, 1, -1, 1).gt(reach)
                .logical_or(across.distance(beside, 1, -1, 1, -1).gt(reach)); // [down, across, around, beside]
        similarity.view(patches, known(), -1).masked_fill_(far.view(patches, 1, -1), new Scalar(Double.NEGATIVE_INFINITY));
        long k = Math.min(config.topK(), similarity.size(1));
        Tensor best = similarity.topk(k, 1, true, true).get0();
        Tensor chosen = similarity.ge(best.narrow(1, k - 1, 1)); // more than k, if several are equally far behind
        Tensor weights = similarity.sub(best.narrow(1, 0, 1)).div(new Scalar(config.temperature())).exp().mul(chosen);
        Tensor votes = weights.matmul(part(labels, known(), around, beside)).div(weights.sum(1).unsqueeze(1));
        passedOn.narrow(0, down.first(), down.size()).narrow(1, across.first(), across.size())
                .copy_(votes.view(down.size(), across.size(), -1));
    }

    private long known() {
        return Math.min(frames, 1 + config.lastFrames());
    }

    private static Tensor part(Tensor frames, long known, Span down, Span across) {
        return frames.narrow(0, 0, known).narrow(1, down.first(), down.size()).narrow(2, across.first(), across.size())
                .reshape(-1, frames.size(3));
    }

    private void remember(long place, Tensor target, Tensor given) {
        features.select(0, place).copy_(target);
        labels.select(0, place).copy_(given);
        frames++;
    }

    private Tensor normalised(Tensor described) {
        Tensor length = described.norm(new ScalarOptional(new Scalar(2)), new long[] {1}, true).clamp_min(new Scalar(1e-12));
        return described.div(length).view(rows, columns, -1);
    }
}
