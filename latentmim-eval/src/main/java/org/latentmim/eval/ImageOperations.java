package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.bincount;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.cumsum;
import static org.bytedeco.pytorch.global.torch.full_like;
import static org.bytedeco.pytorch.global.torch.grid_sampler_2d;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.stack;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Changes that leave an image what it shows, level for level as Pillow makes them. Images are {@code [H, W, C]}, 32-bit floats that are whole
 * numbers from 0 to 255, and stay as they are; results live in the caller's scope.
 */
final class ImageOperations {

    private static final int WHITE = 255;
    private static final double ROUNDING = 1e-3;
    private static final double[] GRAY = {19595 / 65536.0, 38470 / 65536.0, 7471 / 65536.0};
    private static final int BILINEAR = 0;
    private static final int EDGE = 1;

    private ImageOperations() {}

    /** Stretches each channel to all levels. */
    static Tensor autoContrast(Tensor image) {
        Tensor low = image.amin(new long[] {0, 1}, true).to(ScalarType.Double);
        Tensor range = image.amax(new long[] {0, 1}, true).sub(low);
        Tensor scale = full_like(range, new Scalar(WHITE)).div_(range.clamp_min(new Scalar(1)));
        Tensor stretched = image.to(ScalarType.Double).mul_(scale).sub_(low.mul(scale)).floor_();
        return image.where(range.eq(new Scalar(0)), stretched.to(ScalarType.Float));
    }

    /** Spreads the levels of each channel so that all are about as frequent. */
    static Tensor equalize(Tensor image) {
        Tensor result = image.clone();
        for (long channel = 0; channel < image.size(2); channel++) {
            Tensor levels = image.select(2, channel).to(ScalarType.Long);
            Tensor counts = bincount(levels.flatten(), new TensorOptional(), WHITE + 1);
            long last = counts.index_select(0, levels.max().view(1)).item_long();
            long step = (levels.numel() - last) / WHITE;
            if (step > 0) {
                Tensor before = cumsum(counts, 0).sub_(counts).add_(new Scalar(step / 2));
                Tensor spread = before.floor_divide(new Scalar(step)).clamp_max(new Scalar(WHITE));
                result.select(2, channel).copy_(spread.index_select(0, levels.flatten()).view_as(levels));
            }
        }
        return result;
    }

    static Tensor invert(Tensor image) {
        return image.neg().add_(new Scalar(WHITE));
    }

    /** Keeps the highest bits of each level, from 0 to 8 of them. */
    static Tensor posterize(Tensor image, int bits) {
        Scalar step = new Scalar(1 << (8 - bits));
        return image.div(step).floor_().mul_(step);
    }

    /** Inverts levels from a threshold on. */
    static Tensor solarize(Tensor image, double threshold) {
        return image.where(image.lt(new Scalar(threshold)), invert(image));
    }

    /** Brightens the darker half of the levels. */
    static Tensor solarizeAdd(Tensor image, double added) {
        return image.add(new Scalar(added)).clamp_max_(new Scalar(WHITE)).where(image.lt(new Scalar(128)), image);
    }

    /** Goes from shades of gray, at 0, over the image, at 1, to more colour. */
    static Tensor color(Tensor image, double factor) {
        return blend(gray(image), image, factor);
    }

    /** Goes from one gray, at 0, over the image, at 1, to more contrast. */
    static Tensor contrast(Tensor image, double factor) {
        return blend(gray(image).mean().add_(new Scalar(0.5)).floor_(), image, factor);
    }

    /** Goes from black, at 0, over the image, at 1, to more light. */
    static Tensor brightness(Tensor image, double factor) {
        return blend(full_like(image, new Scalar(0)), image, factor);
    }

    /** Goes from a smooth image, at 0, over the image, at 1, to sharper edges; the border stays. */
    static Tensor sharpness(Tensor image, double factor) {
        Tensor smooth = image.clone();
        if (image.size(0) > 2 && image.size(1) > 2) {
            Tensor kernel = ones(new long[] {1, 1, 3, 3}, image.options());
            kernel.select(2, 1).select(2, 1).fill_(new Scalar(5));
            Tensor inside = conv2d(image.permute(2, 0, 1).unsqueeze(1), kernel.div_(new Scalar(13))).squeeze(1).permute(1, 2, 0);
            smooth.narrow(0, 1, image.size(0) - 2).narrow(1, 1, image.size(1) - 2).copy_(inside.add(new Scalar(0.5)).floor_());
        }
        return blend(smooth, image, factor);
    }

    /** Moves each row by a share of its height. */
    static Tensor shearX(Tensor image, double share, Tensor fill) {
        return affine(image, new double[] {1, share, 0, 0, 1, 0}, fill);
    }

    /** Moves each column by a share of its place. */
    static Tensor shearY(Tensor image, double share, Tensor fill) {
        return affine(image, new double[] {1, 0, 0, share, 1, 0}, fill);
    }

    static Tensor translateX(Tensor image, double pixels, Tensor fill) {
        return affine(image, new double[] {1, 0, pixels, 0, 1, 0}, fill);
    }

    static Tensor translateY(Tensor image, double pixels, Tensor fill) {
        return affine(image, new double[] {1, 0, 0, 0, 1, pixels}, fill);
    }

    /** Turns an image around its middle, against the clock. */
    static Tensor rotate(Tensor image, double degrees, Tensor fill) {
        double cos = Math.cos(Math.toRadians(degrees));
        double sin = Math.sin(Math.toRadians(degrees));
        double x = image.size(1) / 2.0;
        double y = image.size(0) / 2.0;
        return affine(image, new double[] {cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y}, fill);
    }

    private static Tensor blend(Tensor none, Tensor image, double factor) {
        return whole(image.sub(none).mul_(new Scalar(factor)).add_(none));
    }

    /** Returns {@code [H, W, 1]}; images of other than three channels count all alike. */
    private static Tensor gray(Tensor image) {
        if (image.size(2) != GRAY.length) {
            return image.mean(2).unsqueeze(2).add_(new Scalar(0.5)).floor_();
        }
        Tensor sum = image.narrow(2, 0, 1).mul(new Scalar(GRAY[0]));
        for (int channel = 1; channel < GRAY.length; channel++) {
            sum.add_(image.narrow(2, channel, 1), new Scalar(GRAY[channel]));
        }
        return sum.add_(new Scalar(0.5)).floor_();
    }

    /** Takes each pixel from the place that a map of two rows names; what lies outside of the image is filled. */
    private static Tensor affine(Tensor image, double[] map, Tensor fill) {
        long height = image.size(0);
        long width = image.size(1);
        TensorOptions real = image.options();
        Tensor x = arange(new Scalar(width), real).add_(new Scalar(0.5)).unsqueeze(0);
        Tensor y = arange(new Scalar(height), real).add_(new Scalar(0.5)).unsqueeze(1);
        Tensor fromX = x.mul(new Scalar(map[0])).add(y.mul(new Scalar(map[1]))).add_(new Scalar(map[2]));
        Tensor fromY = x.mul(new Scalar(map[3])).add(y.mul(new Scalar(map[4]))).add_(new Scalar(map[5]));
        Tensor inside = inside(fromX, width).logical_and(inside(fromY, height)).unsqueeze(2);
        Tensor grid = stack(new TensorVector(centred(fromX, width), centred(fromY, height)), 2).unsqueeze(0);
        Tensor taken = grid_sampler_2d(image.permute(2, 0, 1).unsqueeze(0), grid, BILINEAR, EDGE, false);
        return whole(taken.squeeze(0).permute(1, 2, 0)).where(inside, fill);
    }

    private static Tensor inside(Tensor place, long length) {
        return place.ge(new Scalar(0)).logical_and(place.lt(new Scalar(length)));
    }

    private static Tensor centred(Tensor place, long length) {
        return place.mul(new Scalar(2.0 / length)).sub_(new Scalar(1));
    }

    private static Tensor whole(Tensor levels) {
        return levels.add(new Scalar(ROUNDING)).floor_().clamp_(new ScalarOptional(new Scalar(0)),
                new ScalarOptional(new Scalar(WHITE)));
    }
}
