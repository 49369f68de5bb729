package org.latentmim.runtime;

import static org.bytedeco.pytorch.global.torch.cuda_is_available;
import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.get_num_threads;
import static org.bytedeco.pytorch.global.torch.globalContext;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
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
     * Chooses device and precision, sets who multiplies on the CPU and lets a GPU multiply 32-bit floats in TF32, for the whole
     * process, and sets the number of torch's threads, for this thread and those made from now on.
     *
     * @throws UsageException if a GPU is asked for and there is none
     */
    public static Compute of(RuntimeConfig config) {
        Natives.load();
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
        globalContext().setAllowTF32CuBLAS(true);
        globalContext().setAllowTF32CuDNN(true);
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

    /** Returns a tensor without values in the memory of the host from which {@link #place} need not wait for a GPU. */
    public Tensor onHost(ScalarType type, long... shape) {
        TensorOptions options = new TensorOptions(type);
        return empty(shape, onGpu() ? options.pinned_memory(new BoolOptional(true)) : options, null);
    }

    /** Returns a tensor here, of the same type. What {@link #onHost} made is copied to a GPU while the caller goes on. */
    public Tensor place(Tensor tensor) {
        return onGpu()
                ? tensor.to(device, tensor.scalar_type(), tensor.is_pinned(), false, new MemoryFormatOptional())
                : tensor;
    }

    /** Returns a tensor of the host where another one lives, of the same type, without waiting for a GPU. */
    public static Tensor beside(Tensor other, Tensor onHost) {
        return other.is_cuda()
                ? onHost.pin_memory().to(other.device(), onHost.scalar_type(), true, false, new MemoryFormatOptional())
                : onHost;
    }

    /** Opens a section in which networks run in the precision of the run; close it on the same thread. */
    public Autocast autocast() {
        return new Autocast(deviceType, bfloat16);
    }

    /** Opens a section in bfloat16, whatever the precision of the run; close it on the same thread. */
    public Autocast bfloat16() {
        return new Autocast(deviceType, true);
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
