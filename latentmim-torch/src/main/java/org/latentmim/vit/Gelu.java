package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.gelu_;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;

/** The activation of all networks here. */
final class Gelu {

    private Gelu() {}

    /** Takes numbers that nobody else will read: where no gradient needs them they are overwritten. */
    static Tensor of(Tensor numbers) {
        if (GradMode.is_enabled()) {
            return gelu(numbers);
        }
        gelu_(numbers); // what it returns is a handle of a handle
        return numbers;
    }
}
