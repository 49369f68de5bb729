package org.latentmim.train;

import java.util.Comparator;
import org.bytedeco.pytorch.Tensor;

/**
 * How a weight moves. Those that decay come first.
 *
 * @param decays whether it decays
 * @param share of the learning rate, at least 0
 */
public record Treatment(boolean decays, double share) implements Comparable<Treatment> {

    private static final Comparator<Treatment> ORDER =
            Comparator.comparing(Treatment::decays).reversed().thenComparing(Treatment::share);

    /** As published: weights whose name holds bias, norm or embed, and those with one axis, do not decay; all move alike. */
    static Treatment published(String name, Tensor weight) {
        boolean decays = weight.dim() > 1 && !name.contains("bias") && !name.contains("norm") && !name.contains("embed");
        return new Treatment(decays, 1);
    }

    @Override
    public int compareTo(Treatment other) {
        return ORDER.compare(this, other);
    }
}
