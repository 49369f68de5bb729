package org.latentmim.runtime;

import static org.bytedeco.pytorch.global.torch.globalContext;
import static org.bytedeco.pytorch.global.torch.is_autocast_enabled;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.global.torch.DeviceType;

/**
 * One call of a part of a network: computed, its graph dropped, and tied to its inputs by a zero. When the gradient of the output
 * arrives, the part is computed again from the same inputs, with the same random numbers and in the same precision; its weights
 * get their gradients, and what the inputs get takes the place of the gradient of the zero.
 */
final class RecomputedPart implements AutoCloseable {

    private final Function<List<Tensor>, Tensor> part;
    private final List<Tensor> read;
    private final List<Tensor> inputs;
    private final Consumer<RecomputedPart> finished;
    private final List<TensorTensorHook> hooks = new ArrayList<>();
    private final boolean autocast;
    private final Tensor chance;
    private int awaited;

    /**
     * Must be held until it is finished and be closed after that: torch holds what it calls weakly.
     *
     * @param finished told when all gradients are found, while torch is still at it
     */
    RecomputedPart(Function<List<Tensor>, Tensor> part, List<Tensor> read, List<Tensor> inputs,
            Consumer<RecomputedPart> finished) {
        this.part = part;
        this.read = read;
        this.inputs = inputs.stream().map(input -> input.detach().set_requires_grad(input.requires_grad())).toList();
        this.finished = finished;
        this.autocast = is_autocast_enabled(device());
        this.chance = generator().get_state();
        chance.retainReference();
        read.forEach(Tensor::retainReference);
        this.inputs.forEach(Tensor::retainReference);
    }

    private DeviceType device() {
        return inputs.get(0).device().type();
    }

    private Generator generator() {
        return globalContext().defaultGenerator(inputs.get(0).device());
    }

    /**
     * Returns what the part makes, with a gradient.
     *
     * @param given the inputs, with the graph that made them
     */
    Tensor output(List<Tensor> given) {
        Tensor made = InnerScope.run(() -> part.apply(inputs).detach());
        Tensor zero = zero(given);
        Tensor output = made.is_view() ? made.add(zero) : made.add_(zero);
        output.register_hook(hook(this::findGradients));
        return output;
    }

    /** The sum of no elements of each input that has a gradient. */
    private Tensor zero(List<Tensor> given) {
        Tensor zero = zeros(new long[] {}, given.get(0).options());
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).requires_grad()) {
                Tensor input = given.get(i).view_as(given.get(i));
                Tensor leaf = inputs.get(i);
                input.register_hook(hook(gradient -> {
                    gradient.copy_(leaf.grad());
                    forget(leaf);
                }));
                zero = zero.add(input.narrow(0, 0, 0).sum());
                awaited++;
            }
        }
        return zero;
    }

    private void findGradients(Tensor ofOutput) {
        try (AutoGradMode recording = new AutoGradMode(true)) {
            Tensor now = generator().get_state();
            generator().set_state(chance);
            Tensor again;
            try (Autocast precision = new Autocast(device(), autocast)) {
                again = InnerScope.run(() -> part.apply(inputs));
            }
            generator().set_state(now);
            again.backward(ofOutput, null, false, null);
        }
    }

    /** Lets go of an input, and of all when it was the last one. */
    private void forget(Tensor leaf) {
        leaf.close();
        awaited--;
        if (awaited == 0) {
            inputs.forEach(Tensor::close);
            read.forEach(Tensor::releaseReference);
            chance.close();
            finished.accept(this);
        }
    }

    @Override
    public void close() {
        hooks.forEach(TensorTensorHook::close);
    }

    private TensorTensorHook hook(Consumer<Tensor> work) {
        TensorTensorHook hook = new TensorTensorHook() {
            @Override
            public TensorBase call(TensorBase gradient) {
                try (PointerScope scope = new PointerScope()) {
                    work.accept(new Tensor(gradient));
                }
                return gradient;
            }
        };
        hook.retainReference();
        hooks.add(hook);
        return hook;
    }
}
