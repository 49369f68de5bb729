package org.latentmim.bench;

import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.javacpp.PointerScope;
import org.latentmim.runtime.Compute;

/** What a device was asked to do and may not have done yet. */
final class DeviceQueue {

    private DeviceQueue() {}

    /** Waits until all is done that this thread asked for. On a CPU it always is. */
    static void await(Compute compute) {
        if (compute.onGpu()) {
            try (PointerScope scope = new PointerScope()) {
                compute.place(zeros(1)).item_double(); // comes back when all before it is done
            }
        }
    }
}
