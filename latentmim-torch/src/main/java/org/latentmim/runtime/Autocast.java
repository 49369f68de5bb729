package org.latentmim.runtime;

import static org.bytedeco.pytorch.global.torch.clear_cache;
import static org.bytedeco.pytorch.global.torch.decrement_nesting;
import static org.bytedeco.pytorch.global.torch.get_autocast_dtype;
import static org.bytedeco.pytorch.global.torch.increment_nesting;
import static org.bytedeco.pytorch.global.torch.is_autocast_enabled;
import static org.bytedeco.pytorch.global.torch.set_autocast_dtype;
import static org.bytedeco.pytorch.global.torch.set_autocast_enabled;

import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A section in which torch computes products in bfloat16. On close the bfloat16 copies of weights are dropped: they go stale. */
public final class Autocast implements AutoCloseable {

    private final DeviceType device;
    private final boolean enabledBefore;
    private final ScalarType typeBefore;
    private final boolean active;

    Autocast(DeviceType device, boolean active) {
        this.device = device;
        this.active = active;
        this.enabledBefore = active && is_autocast_enabled(device);
        this.typeBefore = active ? get_autocast_dtype(device) : null;
        if (active) {
            set_autocast_enabled(device, true);
            set_autocast_dtype(device, ScalarType.BFloat16);
            increment_nesting();
        }
    }

    @Override
    public void close() {
        if (active) {
            if (decrement_nesting() == 0) {
                clear_cache();
            }
            set_autocast_enabled(device, enabledBefore);
            set_autocast_dtype(device, typeBefore);
        }
    }
}
