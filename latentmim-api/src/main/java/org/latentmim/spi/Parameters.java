package org.latentmim.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The tensors of a network by name, in the order in which they were added: those that learn, and buffers that belong to the
 * network but do not. One map serves optimizer, momentum update and checkpoints. The tensors must live as long as the network:
 * {@link #learn} and {@link #keep} take them out of any open {@code PointerScope}. Not thread-safe.
 */
public final class Parameters {

    /** No tensors at all. */
    public static final Parameters NONE = new Parameters(Collections.emptyMap());

    private final Map<String, Tensor> tensors;

    private Parameters(Map<String, Tensor> tensors) {
        this.tensors = tensors;
    }

    /** Makes an empty map to add to. */
    public Parameters() {
        this(new LinkedHashMap<>());
    }

    /**
     * Adds a tensor that learns.
     *
     * @return the tensor, which now requires a gradient
     * @throws IllegalArgumentException if the name is taken
     */
    public Tensor learn(String name, Tensor initial) {
        return add(name, initial).set_requires_grad(true);
    }

    /**
     * Adds a tensor that does not learn but is part of the network, such as frozen positions.
     *
     * @return the tensor
     * @throws IllegalArgumentException if the name is taken
     */
    public Tensor keep(String name, Tensor buffer) {
        return add(name, buffer);
    }

    /** Returns every tensor by name, in order; a view that cannot be changed. */
    public Map<String, Tensor> all() {
        return Collections.unmodifiableMap(tensors);
    }

    /** Returns the tensors that learn by name, in order. */
    public Map<String, Tensor> learning() {
        Map<String, Tensor> learning = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            if (tensor.requires_grad()) {
                learning.put(name, tensor);
            }
        });
        return learning;
    }

    /** Returns how many numbers all tensors hold together. */
    public long count() {
        return tensors.values().stream().mapToLong(Tensor::numel).sum();
    }

    private Tensor add(String name, Tensor tensor) {
        if (tensors.containsKey(name)) {
            throw new IllegalArgumentException("there are two tensors with the name '" + name + "'");
        }
        tensor.retainReference();
        tensors.put(name, tensor);
        return tensor;
    }
}
