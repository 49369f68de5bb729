package org.latentmim.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Recompute;

/** Keeps what the gradient needs, or lets each part of a network be computed again when its gradient is found. Thread-safe. */
public final class Recomputation implements Recompute {

    /** Keeps all that the gradient needs. */
    public static final Recomputation NEVER = new Recomputation(false);

    private final Set<RecomputedPart> awaitingGradient = ConcurrentHashMap.newKeySet();
    private final Queue<RecomputedPart> finished = new ConcurrentLinkedQueue<>();
    private volatile boolean on;

    /** Chooses whether parts are computed again. */
    public Recomputation(boolean on) {
        this.on = on;
    }

    @Override
    public Tensor run(Function<List<Tensor>, Tensor> part, List<Tensor> read, Tensor... inputs) {
        boolean needed = on && GradMode.is_enabled() && Arrays.stream(inputs).anyMatch(Tensor::requires_grad);
        return InnerScope.run(() -> needed
                ? recomputed(part, read, List.of(inputs))
                : part.apply(List.of(inputs)));
    }

    private Tensor recomputed(Function<List<Tensor>, Tensor> part, List<Tensor> read, List<Tensor> inputs) {
        for (RecomputedPart earlier = finished.poll(); earlier != null; earlier = finished.poll()) {
            earlier.close();
        }
        RecomputedPart call = new RecomputedPart(part, read, inputs, this::finish);
        awaitingGradient.add(call);
        return call.output(inputs);
    }

    private void finish(RecomputedPart call) {
        awaitingGradient.remove(call);
        finished.add(call);
    }

    /** Computes something with all kept that the gradient needs, as if this were off. Not while another thread trains. */
    public <T> T without(Supplier<T> computation) {
        boolean before = on;
        on = false;
        try {
            return computation.get();
        } finally {
            on = before;
        }
    }
}
