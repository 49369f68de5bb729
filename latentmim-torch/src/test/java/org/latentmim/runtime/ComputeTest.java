package org.latentmim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.bytedeco.pytorch.global.torch.cuda_is_available;
import static org.bytedeco.pytorch.global.torch.get_num_threads;
import static org.bytedeco.pytorch.global.torch.ones;

import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.runtime.RuntimeConfig.DeviceChoice;
import org.latentmim.runtime.RuntimeConfig.Precision;
import org.latentmim.spi.Parameters;

class ComputeTest {

    @Test
    void saysInWordsWhereItComputesAndHow() {
        assertThat(cpu(Precision.FP32)).hasToString("cpu with 2 threads, fp32");
        assertThat(cpu(Precision.FP64)).hasToString("cpu with 2 threads, fp64");
        assertThat(cpu(Precision.BF16)).hasToString("cpu with 2 threads, bf16, loss in fp32");
        assertThat(cpu(Precision.FP32).onGpu()).isFalse();
    }

    @Test
    void setsTheThreadsOfTorch() {
        Compute.of(onCpu(Precision.FP32, OptionalInt.of(1), OptionalInt.empty()));
        assertThat(get_num_threads()).isEqualTo(1);
        Compute.of(RuntimeConfig.of(DeviceChoice.CPU, Precision.FP32));
        assertThat(get_num_threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void saysWhatToDoWhereThereIsNoGpu() {
        assumeThat(cuda_is_available()).isFalse();
        RuntimeConfig cuda = RuntimeConfig.of(DeviceChoice.CUDA, Precision.FP32);
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Compute.of(cuda))
                .withMessage("runtime.device is cuda, but torch sees no GPU: build with -Pgpu on a machine with an NVIDIA driver,"
                        + " or set runtime.device=auto");
        RuntimeConfig auto = RuntimeConfig.of(DeviceChoice.AUTO, Precision.FP32);
        assertThat(Compute.of(auto).onGpu()).isFalse();
    }

    @Test
    void givesNetworksThePrecisionOfTheRunInPlace() {
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            Tensor weight = parameters.learn("weight", ones(2, 3));
            Tensor positions = parameters.keep("positions", ones(4));
            cpu(Precision.FP64).place(parameters);
            assertThat(weight.scalar_type().intern()).isEqualTo(ScalarType.Double);
            assertThat(weight.requires_grad()).isTrue();
            assertThat(weight.is_leaf()).isTrue();
            assertThat(positions.scalar_type().intern()).isEqualTo(ScalarType.Double);
        }
    }

    @Test
    void widensOnlyWhatASectionMadeNarrower() {
        try (PointerScope scope = new PointerScope()) {
            Tensor wide = ones(2);
            Tensor narrow = wide.to(ScalarType.BFloat16);
            assertThat(cpu(Precision.BF16).widen(narrow).scalar_type().intern()).isEqualTo(ScalarType.Float);
            assertThat(cpu(Precision.BF16).widen(wide)).isSameAs(wide);
            assertThat(cpu(Precision.FP64).widen(wide)).isSameAs(wide);
        }
    }

    @Test
    void leavesATensorWhereItIsIfThatIsHere() {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = ones(2);
            assertThat(cpu(Precision.FP64).place(tensor)).isSameAs(tensor);
        }
    }

    @Test
    void refusesFewerThanOneThread() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> onCpu(Precision.FP32, OptionalInt.of(0), OptionalInt.empty()))
                .withMessage("threads must be at least 1, but is 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> onCpu(Precision.FP32, OptionalInt.empty(), OptionalInt.of(-2)))
                .withMessage("workers must be at least 0, but is -2");
    }

    @Test
    void readsWithOneWorkerForACoreUpToEight() {
        RuntimeConfig config = RuntimeConfig.of(DeviceChoice.CPU, Precision.FP32);
        assertThat(config.workersOrDefault()).isEqualTo(Math.min(8, Runtime.getRuntime().availableProcessors()));
    }

    private static Compute cpu(Precision precision) {
        return Compute.of(onCpu(precision, OptionalInt.of(2), OptionalInt.empty()));
    }

    private static RuntimeConfig onCpu(Precision precision, OptionalInt threads, OptionalInt workers) {
        return new RuntimeConfig(DeviceChoice.CPU, precision, threads, workers, Products.Library.AUTO, false, false);
    }
}
