package org.latentmim.eval;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.health.Tokens;

/** Whether tokens say more of where a patch lies than of the image that it is of. */
final class PlaceOverImage {

    private PlaceOverImage() {}

    /**
     * Returns the share of tokens whose mean cosine similarity to those at the same place of other images is more than that to
     * the other tokens of their image. Costs O(N): a mean over pairs is a product with a sum.
     *
     * @param tokens {@code [B, N, D]}, B and N at least 2, in the order of the grid
     */
    static double share(Tensor tokens) {
        Tensor unit = Tokens.unit(tokens);
        Tensor itself = unit.square().sum(-1);
        Tensor ofPlace = likeness(unit, 0).sub(itself).div(new Scalar(unit.size(0) - 1.0));
        Tensor ofImage = likeness(unit, 1).sub(itself).div(new Scalar(unit.size(1) - 1.0));
        return ofPlace.gt(ofImage).to(ScalarType.Double).mean().item_double();
    }

    /** The sum of the similarities of each token to those along an axis, {@code [B, N]}. */
    private static Tensor likeness(Tensor unit, int axis) {
        return unit.mul(unit.sum(new long[] {axis}, true, new ScalarTypeOptional())).sum(-1);
    }
}
