package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.log_softmax;

import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Mixes a batch with itself in reverse order: the pixels (mixup, arXiv 1710.09412) or a box of them (CutMix, arXiv 1905.04899),
 * each for half of the batches where both are asked for. The share of an image that stays its own is drawn from a beta
 * distribution with both parameters alike.
 *
 * @param mixup that parameter for mixup, from 0, which is never, to 1
 * @param cutmix that parameter for CutMix, from 0, which is never, to 1
 */
record Mixing(double mixup, double cutmix) {

    /**
     * Changes images in place.
     *
     * @param images {@code [B, H, W, C]}
     * @return how much of each image is its own, from 0 to 1
     */
    double of(Tensor images, RandomGenerator random) {
        if (mixup == 0 && cutmix == 0) {
            return 1;
        }
        boolean cut = mixup == 0 || cutmix > 0 && random.nextBoolean();
        double share = beta(cut ? cutmix : mixup, random);
        return cut ? cutMixed(images, share, random) : mixedUp(images, share);
    }

    /**
     * Returns what a classifier should say of mixed images.
     *
     * @param labels {@code [B]} of the images before
     * @param share of each image that is its own
     * @param smoothing share of all classes alike, from 0 to 1
     * @return {@code [B, classes]}, rows that sum to 1, of the type of {@code like} and beside it
     */
    static Tensor targets(Tensor labels, int classes, double share, double smoothing, Tensor like) {
        double others = smoothing / classes;
        Tensor own = full(new long[] {labels.size(0), classes}, new Scalar(others), like.options())
                .scatter_(1, labels.unsqueeze(1), new Scalar(1 - smoothing + others));
        return own.mul(new Scalar(share)).add_(own.flip(0).mul_(new Scalar(1 - share)));
    }

    /** Returns the mean cross entropy of logits and targets, both {@code [B, classes]}. */
    static Tensor loss(Tensor logits, Tensor targets) {
        return targets.mul(log_softmax(logits, 1)).sum(1).mean().neg();
    }

    static double mixedUp(Tensor images, double share) {
        Tensor others = images.flip(0).mul_(new Scalar(1 - share));
        images.mul_(new Scalar(share)).add_(others);
        return share;
    }

    /** Puts a box of the wanted area around a random pixel; what juts out of the image is left out and counts as its own. */
    private static double cutMixed(Tensor images, double share, RandomGenerator random) {
        int height = (int) images.size(1);
        int width = (int) images.size(2);
        Box box = box(height, width, share, random.nextInt(height), random.nextInt(width));
        box.of(images).copy_(box.of(images.flip(0)));
        return 1 - box.area() / (height * width);
    }

    static Box box(int height, int width, double share, int row, int column) {
        double side = Math.sqrt(1 - share);
        int halfHeight = (int) (height * side) / 2;
        int halfWidth = (int) (width * side) / 2;
        int top = Math.max(0, row - halfHeight);
        int left = Math.max(0, column - halfWidth);
        return new Box(top, left, Math.min(height, row + halfHeight) - top, Math.min(width, column + halfWidth) - left);
    }

    /** Draws from a beta distribution by Jöhnk's method. */
    static double beta(double parameter, RandomGenerator random) {
        while (true) {
            double x = Math.pow(random.nextDouble(), 1 / parameter);
            double y = Math.pow(random.nextDouble(), 1 / parameter);
            if (x + y <= 1 && x + y > 0) {
                return x / (x + y);
            }
        }
    }
}
