package org.latentmim.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch_cuda;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;

/** The memory of this process; nothing where the system does not tell. */
public final class Memory {

    private static final Path PROCESS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");

    private Memory() {}

    /** Returns the most bytes that were resident at a time. */
    public static OptionalLong peak() {
        return value("VmHWM");
    }

    /** Returns the bytes that are resident now. */
    static OptionalLong resident() {
        return value("VmRSS");
    }

    /** Frees what nobody holds any more, and gives it back to the system. */
    public static void release() {
        System.gc();
        Pointer.deallocateReferences();
        Pointer.trimMemory();
    }

    /** Lets the peak begin again at what is resident now, and returns whether that is possible here. */
    public static boolean resetPeak() {
        try {
            Files.writeString(RESET, "5");
            return true;
        } catch (IOException e) {
            return false; // not Linux, or a container that forbids it
        }
    }

    /** Returns the most bytes that torch held on the GPU at a time; nothing on a CPU. */
    static OptionalLong peakOnDevice(Compute compute) {
        return compute.onGpu()
                ? OptionalLong.of(torch_cuda.getDeviceAllocator(DeviceType.CUDA)
                        .getDeviceStats((byte) 0).allocated_bytes().peak())
                : OptionalLong.empty();
    }

    private static OptionalLong value(String key) {
        if (!Files.isReadable(PROCESS)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(PROCESS)) {
            return lines.filter(line -> line.startsWith(key + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException e) {
            throw new FailureException(PROCESS + " cannot be read: " + e.getMessage(), e);
        }
    }
}
