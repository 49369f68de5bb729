package org.latentmim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;

class DispatchTest {

    @Test
    void movesTensorsTowardsOthersInPlace() {
        try (PointerScope scope = new PointerScope()) {
            Tensor first = AbstractTensor.create(1f, 2f);
            Tensor second = AbstractTensor.create(-4f);
            lerp(List.of(first, second), List.of(AbstractTensor.create(5f, 2f), AbstractTensor.create(4f)), 0.25);
            assertThat(first.equal(AbstractTensor.create(2f, 2f))).isTrue();
            assertThat(second.equal(AbstractTensor.create(-2f))).isTrue();
        }
    }

    @Test
    void returnsTheTensorsOfAnOperator() {
        try (PointerScope scope = new PointerScope()) {
            TensorVector norms = Dispatch.tensors("aten::_foreach_norm", "Scalar",
                    Dispatch.list(List.of(AbstractTensor.create(3f, 4f), AbstractTensor.create(-2f))), 2.0, null);
            assertThat(norms.size()).isEqualTo(2);
            assertThat(norms.get(0).item_double()).isEqualTo(5);
            assertThat(norms.get(1).item_double()).isEqualTo(2);
        }
    }

    @Test
    void worksInEveryScope() {
        for (int i = 0; i < 3; i++) { // what it keeps for the next call must outlive the scope of this one
            try (PointerScope scope = new PointerScope()) {
                Tensor tensor = AbstractTensor.create(0f);
                lerp(List.of(tensor), List.of(AbstractTensor.create(8f)), 0.5);
                assertThat(tensor.item_double()).isEqualTo(4);
            }
        }
    }

    @Test
    void leavesNothingBehindInItsCallersScope() {
        try (PointerScope outer = new PointerScope()) {
            List<Tensor> tensors = List.of(AbstractTensor.create(0f));
            List<Tensor> others = List.of(AbstractTensor.create(8f));
            lerp(tensors, others, 0.5);
            long before = Pointer.totalCount();
            for (int i = 0; i < 50; i++) {
                try (PointerScope scope = new PointerScope()) {
                    lerp(tensors, others, 0.5);
                }
            }
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void refusesWhatTorchDoesNotKnow() {
        assertThatIllegalArgumentException().isThrownBy(() -> Dispatch.inPlace("aten::_foreach_zero_", "", "text"))
                .withMessage("no argument of torch: class java.lang.String");
    }

    private static void lerp(List<Tensor> tensors, List<Tensor> others, double share) {
        Dispatch.inPlace("aten::_foreach_lerp_", "Scalar", Dispatch.list(tensors), Dispatch.list(others), share);
    }
}
