package org.latentmim.target;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.Dispatch;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Progress;

/** Lets an encoder follow the online one: {@code target = momentum * target + (1 - momentum) * online}. */
final class Follower {

    private final Momentum momentum;
    private final List<Tensor> leaders = new ArrayList<>();
    private final List<Tensor> followers = new ArrayList<>();

    /**
     * @param target of the same architecture as the online encoder; its weights get no gradient any more
     */
    Follower(Encoder online, Encoder target, Momentum momentum) {
        this.momentum = momentum;
        Map<String, Tensor> ofTarget = target.parameters().all();
        online.parameters().learning().forEach((name, tensor) -> {
            leaders.add(tensor);
            followers.add(ofTarget.get(name).set_requires_grad(false));
        });
    }

    void update(Progress progress) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            double share = 1 - momentum.at(progress);
            Dispatch.inPlace("aten::_foreach_lerp_", "Scalar", Dispatch.list(followers), Dispatch.list(leaders), share);
        }
    }
}
