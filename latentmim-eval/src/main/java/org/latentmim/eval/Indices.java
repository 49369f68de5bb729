package org.latentmim.eval;

import java.util.stream.IntStream;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;

/** Which images of a set, as torch wants it. */
final class Indices {

    private Indices() {}

    /** Returns {@code [n]}, 64-bit integers on the CPU. */
    static Tensor of(int[] images) {
        return AbstractTensor.create(IntStream.of(images).asLongStream().toArray());
    }
}
