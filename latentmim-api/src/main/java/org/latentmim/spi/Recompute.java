package org.latentmim.spi;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * Runs a network part by part, such as block by block. If the recipe says {@code runtime.recompute: true}, what a part makes on
 * its way is not kept for the gradient but computed again when the gradient is found (activation checkpointing,
 * arXiv 1604.06174): less memory for one more pass forward, and the same gradients. A constructor of an {@link Encoder} or a
 * {@link Decoder} may ask for it. Thread-safe.
 */
public interface Recompute {

    /**
     * Computes a part of a network. Handles of what it makes on the way are freed.
     *
     * @param part a function of the inputs that does the same when called again, and may draw random numbers from torch
     * @param read tensors that the part reads besides its inputs and weights, without gradient, such as positions
     * @param inputs of the part, one at least, whose gradients are found
     * @return what the part makes, in the caller's scope
     */
    Tensor run(Function<List<Tensor>, Tensor> part, List<Tensor> read, Tensor... inputs);
}
