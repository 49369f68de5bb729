package org.latentmim.health;

import org.bytedeco.pytorch.Tensor;

/**
 * What makes normalised tokens differ: shares of their variance, each from 0 to 1. What neither the place nor the image explains
 * is what a patch shows.
 *
 * @param place explained by where in the image a patch lies; 1 for a code of the place alone
 * @param image explained by which image it is of; 1 for one vector for each image
 */
public record VarianceShares(double place, double image) {

    /**
     * Measures. A mean over few tokens also varies by chance; that is taken off, as in an analysis of variance. Both are 0 where
     * nothing differs.
     *
     * @param tokens {@code [B, N, D]}, B and N at least 2, in the order of the grid
     */
    public static VarianceShares of(Tensor tokens) {
        Tokens.check(tokens);
        double images = tokens.size(0);
        double places = tokens.size(1);
        Tensor unit = Tokens.unit(tokens);
        Tensor centred = unit.sub(Tokens.mean(unit.flatten(0, 1), 0));
        double total = meanSquare(centred);
        if (!(total > 0)) {
            return new VarianceShares(0, 0);
        }
        double ofPlaces = meanSquare(Tokens.mean(centred, 0));
        double ofImages = meanSquare(Tokens.mean(centred, 1));
        double rest = Math.max(0, total - ofPlaces - ofImages) / ((images - 1) * (places - 1));
        return new VarianceShares(
                Math.max(0, ofPlaces - (places - 1) * rest) / total, Math.max(0, ofImages - (images - 1) * rest) / total);
    }

    private static double meanSquare(Tensor tensor) {
        return tensor.square().sum(-1).mean().item_double();
    }
}
