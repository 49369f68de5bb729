package org.latentmim.eval;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.spi.Score;

/**
 * Which images got their own label.
 *
 * @param outcomes 100 for an image that did, 0 for another
 */
record Hits(double[] outcomes) {

    /**
     * @param named {@code [n]}, what the images were given
     * @param labels {@code [n]}, what they are
     */
    static Hits of(Tensor named, Tensor labels) {
        double[] right = new double[Math.toIntExact(labels.size(0))];
        named.eq(labels).to(ScalarType.Double).mul_(new Scalar(100)).data_ptr_double().get(right);
        return new Hits(right);
    }

    double percent() {
        double sum = 0;
        for (double outcome : outcomes) {
            sum += outcome;
        }
        return sum / outcomes.length;
    }

    /** Returns the share of right labels, with its interval. */
    Score score(String name, String protocol, long seed) {
        return new Score(name, percent(), "%", outcomes.length, protocol)
                .within(new Bootstrap(seed).ofMean(outcomes))
                .with("bootstrap-seed", seed);
    }
}
