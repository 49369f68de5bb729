package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.ones_like;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Layer-wise adaptive rate scaling (You and others, 2017) of one tensor, as MAE's linear probe uses it: a tensor of more than one
 * axis moves by a share of its own norm, and decays; one with a single axis moves by plain momentum.
 */
final class Lars {

    static final double MOMENTUM = 0.9;
    static final double TRUST = 0.001;

    private final Tensor weight;
    private final Tensor velocity;
    private final double decay;

    /** Moves a tensor, from rest; the velocity lives in the caller's scope. */
    Lars(Tensor weight, double decay) {
        this.weight = weight;
        this.velocity = zeros_like(weight);
        this.decay = decay;
    }

    void step(Tensor gradient, double rate) {
        try (PointerScope scope = new PointerScope()) {
            velocity.mul_(new Scalar(MOMENTUM)).add_(weight.dim() > 1 ? scaled(gradient) : gradient);
            weight.sub_(velocity, new Scalar(rate));
        }
    }

    private Tensor scaled(Tensor gradient) {
        Tensor pull = gradient.add(weight, new Scalar(decay));
        Tensor size = weight.norm();
        Tensor force = pull.norm();
        Scalar zero = new Scalar(0);
        Tensor ratio = size.mul(new Scalar(TRUST)).div(force).where(size.gt(zero).logical_and(force.gt(zero)), ones_like(size));
        return pull.mul(ratio);
    }
}
