package org.latentmim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.get_autocast_dtype;
import static org.bytedeco.pytorch.global.torch.is_autocast_enabled;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.ones;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class AutocastTest {

    @Test
    void computesProductsInBfloat16UntilItIsClosed() {
        try (PointerScope scope = new PointerScope()) {
            ScalarType typeBefore = get_autocast_dtype(DeviceType.CPU).intern();
            Tensor x = ones(2, 3);
            try (Autocast precision = new Autocast(DeviceType.CPU, true)) {
                assertThat(is_autocast_enabled(DeviceType.CPU)).isTrue();
                assertThat(type(linear(x, ones(4, 3)))).isEqualTo(ScalarType.BFloat16);
            }
            assertThat(is_autocast_enabled(DeviceType.CPU)).isFalse();
            assertThat(get_autocast_dtype(DeviceType.CPU).intern()).isEqualTo(typeBefore);
            assertThat(type(linear(x, ones(4, 3)))).isEqualTo(ScalarType.Float);
        }
    }

    @Test
    void staysOpenUntilTheOutermostSectionIsClosed() {
        try (PointerScope scope = new PointerScope(); Autocast outer = new Autocast(DeviceType.CPU, true)) {
            try (Autocast inner = new Autocast(DeviceType.CPU, true)) {
                assertThat(type(linear(ones(2, 3), ones(4, 3)))).isEqualTo(ScalarType.BFloat16);
            }
            assertThat(type(linear(ones(2, 3), ones(4, 3)))).isEqualTo(ScalarType.BFloat16);
        }
        assertThat(is_autocast_enabled(DeviceType.CPU)).isFalse();
    }

    @Test
    void restoresTheStateAfterAFailure() {
        try (Autocast precision = new Autocast(DeviceType.CPU, true)) {
            throw new IllegalStateException("on purpose");
        } catch (IllegalStateException e) {
            assertThat(is_autocast_enabled(DeviceType.CPU)).isFalse();
        }
    }

    /** Torch keeps bfloat16 copies of weights for as long as a section lasts, and would use them after a step in the next one. */
    @Test
    void forgetsTheCopiesOfWeightsThatHaveChanged() {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = ones(1, 2);
            Tensor weight = full(new long[] {1, 2}, new Scalar(1), new TensorOptions(ScalarType.Float)).set_requires_grad(true);
            assertThat(sumInBfloat16(x, weight)).isEqualTo(2);
            try (NoGradGuard frozen = new NoGradGuard()) {
                weight.mul_(new Scalar(4));
            }
            assertThat(sumInBfloat16(x, weight)).isEqualTo(8);
        }
    }

    @Test
    void doesNothingIfNotActive() {
        try (PointerScope scope = new PointerScope(); Autocast precision = new Autocast(DeviceType.CPU, false)) {
            assertThat(is_autocast_enabled(DeviceType.CPU)).isFalse();
            assertThat(type(linear(ones(2, 3), ones(4, 3)))).isEqualTo(ScalarType.Float);
        }
    }

    private static double sumInBfloat16(Tensor x, Tensor weight) {
        try (Autocast precision = new Autocast(DeviceType.CPU, true)) {
            return linear(x, weight).item_double();
        }
    }

    private static ScalarType type(Tensor tensor) {
        return tensor.scalar_type().intern();
    }
}
