package org.latentmim.runtime;

import static org.bytedeco.pytorch.global.torch.cuda_is_available;
import static org.bytedeco.pytorch.global.torch.get_num_threads;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.spi.Parameters;

/**
 * Where a run computes, and how precisely. Weights and losses have {@link #type}; with {@code bf16} the networks run under
 * {@link #autocast}. Thread-safe.
 */
public final class Compute {

    private final DeviceType deviceType;
    private final Device device;
    private final ScalarType type;
    private final boolean bfloat16;

    private Compute(DeviceType deviceType, ScalarType type, boolean bfloat16) {
        this.deviceType = deviceType;
        this.device = new Device(deviceType);
        this.device.retainReference();
        this.type = type;
        this.bfloat16 = bfloat16;
    }

    /**
     * Chooses device and precision, and sets who multiplies on the CPU, for the whole process, and the number of torch's threads,
     * for this thread and those made from now on.
     *
     * @throws UsageException if a GPU is asked for and there is none
     */
    public static Compute of(RuntimeConfig config) {
        boolean cuda = switch (config.device()) {
            case CPU -> false;
            case AUTO -> cuda_is_available();
            case CUDA -> {
                if (!cuda_is_available()) {
                    throw new UsageException("runtime.device is cuda, but torch sees no GPU: build with -Pgpu on a machine with an NVIDIA"
                            + " driver, or set runtime.device=auto");
                }
                yield true;
            }
        };
        Products.use(config.products());
        set_num_threads(config.threads().orElse(Runtime.getRuntime().availableProcessors()));
        return new Compute(cuda ? DeviceType.CUDA : DeviceType.CPU,
                config.precision() == RuntimeConfig.Precision.FP64 ? ScalarType.Double : ScalarType.Float,
                config.precision() == RuntimeConfig.Precision.BF16);
    }

    /** Returns whether tensors live on a GPU. */
    public boolean onGpu() {
        return deviceType == DeviceType.CUDA;
    }

    /** Returns the type of weights, losses and targets. */
    public ScalarType type() {
        return type;
    }

    /** Moves all tensors of a network here, in place: whoever holds one sees it moved. */
    public void place(Parameters parameters) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            for (Tensor tensor : parameters.all().values()) {
                tensor.set_data(tensor.to(device, type));
            }
        }
    }

    /** Returns a tensor here, of the same type. */
    public Tensor place(Tensor tensor) {
        return onGpu() ? tensor.to(device, tensor.scalar_type()) : tensor;
    }

    /** Opens a section in which networks run in the precision of the run; close it on the same thread. */
    public Autocast autocast() {
        return new Autocast(deviceType, bfloat16);
    }

    /** Returns a tensor in the precision of losses: itself unless a section of {@link #autocast} made it narrower. */
    public Tensor widen(Tensor tensor) {
        return bfloat16 && tensor.scalar_type().intern() != type ? tensor.to(type) : tensor;
    }

    @Override
    public String toString() {
        String precision = bfloat16 ? "bf16, loss in fp32" : type == ScalarType.Double ? "fp64" : "fp32";
        return (onGpu() ? "cuda" : "cpu with " + get_num_threads() + " threads") + ", " + precision;
    }
}
