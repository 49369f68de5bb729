package org.latentmim.health;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** How far normalised features spread: 1 where they point in all directions alike, 0 where all are one vector. */
public final class FeatureDeviation {

    private FeatureDeviation() {}

    /**
     * Returns the standard deviation of each of the D numbers of features of length 1, averaged over these and times
     * {@code sqrt(D)}.
     *
     * @param features {@code [n, D]}
     */
    public static double of(Tensor features) {
        Tensor unit = Tokens.unit(features);
        Tensor deviation = Tokens.mean(unit.sub(Tokens.mean(unit, 0)).square(), 0).sqrt();
        return deviation.mean().mul(new Scalar(Math.sqrt(features.size(1)))).item_double();
    }
}
