package org.latentmim.runtime;

import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.is_autocast_enabled;
import static org.bytedeco.pytorch.global.torch.linear;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Products of tokens with a weight matrix, by the library that is faster on this processor. On AMD processors MKL keeps to 256-bit
 * instructions; oneDNN, which torch calls for convolutions, uses 512 bits wherever they are, and does the same product as a
 * convolution of 1 x 1 about twice as fast. Thread-safe.
 */
public final class Products {

    /** Who multiplies. */
    public enum Library {
        /** The faster one, by the kind of processor: oneDNN on AMD with AVX-512, else BLAS. */
        AUTO,
        /** MKL or OpenBLAS, as torch does by itself. */
        BLAS,
        /** The oneDNN library inside torch. */
        ONEDNN
    }

    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final boolean FASTER_BY_ONEDNN = isAmdWithAvx512(PROCESSOR);
    private static final long[] ONE = {1};
    private static final long[] NONE = {0};

    private static volatile boolean oneDnn = FASTER_BY_ONEDNN;

    private Products() {}

    /** Sets who multiplies from now on, for the whole process. */
    static void use(Library library) {
        oneDnn = library == Library.ONEDNN || library == Library.AUTO && FASTER_BY_ONEDNN;
    }

    /** Returns who multiplies 32-bit floats on the CPU: {@code oneDNN} or {@code BLAS}. */
    public static String library() {
        return oneDnn ? "oneDNN" : "BLAS";
    }

    /**
     * Multiplies.
     *
     * @param tokens {@code [B, L, in]}
     * @param weight {@code [out, in]}
     * @param bias {@code [out]}, or none
     * @return {@code [B, L, out]}, contiguous
     */
    public static Tensor of(Tensor tokens, Tensor weight, TensorOptional bias) {
        boolean asConvolution = oneDnn && tokens.dim() == 3 && tokens.is_cpu()
                && tokens.scalar_type().intern() == ScalarType.Float && !is_autocast_enabled(DeviceType.CPU);
        return asConvolution ? convolution(tokens, weight, bias) : linear(tokens, weight, bias);
    }

    /** Tokens lie in memory as the pixels of an image whose channels are side by side: nothing is copied. */
    private static Tensor convolution(Tensor tokens, Tensor weight, TensorOptional bias) {
        Tensor image = tokens.unsqueeze(2).permute(0, 3, 1, 2); // [B, in, L, 1]
        Tensor kernel = weight.unsqueeze(-1).unsqueeze(-1);     // [out, in, 1, 1]
        return conv2d(image, kernel, bias, ONE, NONE, ONE, 1).permute(0, 2, 3, 1).squeeze(2).contiguous();
    }

    static boolean isAmdWithAvx512(Path cpuinfo) {
        if (!Files.isReadable(cpuinfo)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(cpuinfo)) {
            return lines.map(line -> line.replaceAll("\\s+", " "))
                            .filter(line -> line.equals("vendor_id : AuthenticAMD") || line.matches("flags :.* avx512f .*"))
                            .map(line -> line.charAt(0))
                            .distinct()
                            .count()
                    == 2;
        } catch (IOException e) {
            return false; // a processor that does not say what it is gets what torch does by itself
        }
    }
}
