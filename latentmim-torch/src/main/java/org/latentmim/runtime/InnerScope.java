package org.latentmim.runtime;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Computes one tensor and frees the handles of all that was made on the way. What backward needs is held by torch's graph; what
 * it does not need would otherwise live until the caller's scope ends, which is half the memory of a step. Thread-safe.
 */
public final class InnerScope {

    private InnerScope() {}

    /** Returns what is computed; it lives in the caller's scope, where there is one. */
    public static Tensor run(Supplier<Tensor> computation) {
        PointerScope caller = PointerScope.getInnerScope();
        try (PointerScope scope = new PointerScope()) {
            Tensor result = computation.get();
            if (caller == null) {
                result.retainReference();
            } else {
                caller.attach(result);
            }
            return result;
        }
    }
}
