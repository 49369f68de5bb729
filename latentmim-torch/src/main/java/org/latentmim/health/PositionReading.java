package org.latentmim.health;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.eye;
import static org.bytedeco.pytorch.global.torch.linalg_solve;
import static org.bytedeco.pytorch.global.torch.mm;

import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How well a linear map reads from a token where in the image it lies. */
public final class PositionReading {

    /** Of the mean variance of a feature. */
    private static final double RIDGE = 1e-3;
    private static final double SMALLEST_RIDGE = 1e-30;

    private PositionReading() {}

    /**
     * Returns the share of tokens whose place is guessed: by a ridge regression of the places, one number for each, that
     * learns from the first half of the images and is judged on the others. {@code 1 / N} is chance.
     *
     * @param tokens {@code [B, N, D]}, B and N at least 2, in the order of the grid
     */
    public static double accuracy(Tensor tokens) {
        Tokens.check(tokens);
        long images = tokens.size(0) / 2;
        long places = tokens.size(1);
        Tensor learned = tokens.narrow(0, 0, images).flatten(0, 1);                                       // [n, D]
        Tensor mean = Tokens.mean(learned, 0);
        Tensor centred = learned.sub(mean);
        Tensor products = mm(centred.t(), centred);                                                       // [D, D]
        double ridge = Math.max(SMALLEST_RIDGE, RIDGE * products.trace().item_double() / products.size(0));
        Tensor penalty = eye(products.size(0)).to(tokens.device(), tokens.scalar_type()).mul(new Scalar(ridge));
        // One-hot places pick the sum of the tokens of each place.
        Tensor ofPlaces = tokens.narrow(0, 0, images).sub(mean).sum(0);                                   // [N, D]
        Tensor map = linalg_solve(products.add(penalty), ofPlaces.t());                                   // [D, N]
        Tensor heldOut = tokens.narrow(0, images, tokens.size(0) - images);
        Tensor guesses = heldOut.sub(mean).matmul(map).argmax(new LongOptional(-1), false);               // [B - images, N]
        Tensor right = guesses.eq(arange(new Scalar(places)).to(guesses.device(), ScalarType.Long));
        return right.to(ScalarType.Double).mean().item_double();
    }
}
