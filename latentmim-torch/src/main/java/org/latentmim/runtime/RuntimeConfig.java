package org.latentmim.runtime;

import java.util.OptionalInt;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;

@Meaning("Where and how precisely to compute; workers and log lines must not change results")
public record RuntimeConfig(
        @Meaning("cpu, cuda, or auto: cuda where there is one") @Default("auto") DeviceChoice device,
        @Meaning("fp32 (products in TF32 on a GPU), fp64, or bf16: networks in bfloat16, loss and weights in fp32")
                @Default("fp32") Precision precision,
        @Meaning("threads of torch; all cores if left out") OptionalInt threads,
        @Meaning("threads that read and crop images, 0 to let the step do it; the cores, at most 8, if left out") OptionalInt workers,
        @Meaning("who multiplies 32-bit floats on the CPU: blas, onednn, or auto: onednn on AMD with AVX-512, else blas")
                @Default("auto") Products.Library products,
        @Meaning("find what blocks make on their way again for the gradient, and keep less memory") @Default("false")
                boolean recompute,
        @Meaning("let targets be found in bfloat16, where nothing learns, and all else in precision; faster where the processor"
                + " multiplies bfloat16") @Default("false") boolean bf16Target) {

    public enum DeviceChoice { AUTO, CPU, CUDA }

    public enum Precision { FP32, FP64, BF16 }

    public RuntimeConfig {
        if (threads.orElse(1) < 1) {
            throw new IllegalArgumentException("threads must be at least 1, but is " + threads.getAsInt());
        }
        if (workers.orElse(0) < 0) {
            throw new IllegalArgumentException("workers must be at least 0, but is " + workers.getAsInt());
        }
    }

    /** Returns a device and a precision, with all else as it is by default. */
    public static RuntimeConfig of(DeviceChoice device, Precision precision) {
        return new RuntimeConfig(
                device, precision, OptionalInt.empty(), OptionalInt.empty(), Products.Library.AUTO, false, false);
    }

    /** Returns the workers of the loader: as many as asked for, else one a core, at most 8. */
    public int workersOrDefault() {
        return workers.orElse(Math.min(8, Runtime.getRuntime().availableProcessors()));
    }
}
