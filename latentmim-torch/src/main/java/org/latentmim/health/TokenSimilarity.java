package org.latentmim.health;

import org.bytedeco.pytorch.Tensor;

/**
 * How alike the tokens of some images are: mean cosine similarities of pairs of different tokens. All three are 1 where
 * everything is the same vector; a code of the place alone has {@code samePlace} 1, one vector for each image {@code within} 1.
 *
 * @param within of two patches of an image
 * @param across of two patches of two images
 * @param samePlace of the patches at one place in two images
 */
public record TokenSimilarity(double within, double across, double samePlace) {

    /**
     * Measures. Costs O(N): the sum over all pairs is the squared norm of the sum.
     *
     * @param tokens {@code [B, N, D]}, B and N at least 2, in the order of the grid
     */
    public static TokenSimilarity of(Tensor tokens) {
        Tokens.check(tokens);
        double images = tokens.size(0);
        double places = tokens.size(1);
        Tensor unit = Tokens.unit(tokens);
        double alone = squares(unit);
        double ofImages = squares(unit.sum(1));
        double ofPlaces = squares(unit.sum(0));
        double ofAll = squares(unit.sum(0, 1));
        return new TokenSimilarity(
                (ofImages - alone) / (images * places * (places - 1)),
                (ofAll - ofImages) / (images * (images - 1) * places * places),
                (ofPlaces - alone) / (images * (images - 1) * places));
    }

    private static double squares(Tensor tensor) {
        return tensor.square().sum().item_double();
    }
}
