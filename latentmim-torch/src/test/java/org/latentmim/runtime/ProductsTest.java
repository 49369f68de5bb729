package org.latentmim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.linear;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.latentmim.runtime.Products.Library;

class ProductsTest {

    @TempDir
    private Path folder;

    @AfterEach
    void useWhatIsFaster() {
        Products.use(Library.AUTO);
    }

    @ParameterizedTest
    @CsvSource({"4, 7, 24, 40", "1, 1, 8, 8", "1, 9, 16, 4", "3, 1, 4, 12", "2, 5, 1, 6", "2, 5, 6, 1"})
    void oneDnnSaysWhatBlasSaysAndTeachesTheSame(int images, int tokens, int in, int out) {
        try (PointerScope scope = new PointerScope()) {
            double[][] blas = {};
            for (Library library : new Library[] {Library.BLAS, Library.ONEDNN}) {
                Products.use(library);
                Tensor x = pattern(images, tokens, in).set_requires_grad(true);
                Tensor weight = pattern(out, in).set_requires_grad(true);
                Tensor bias = pattern(out).set_requires_grad(true);
                Tensor y = Products.of(x, weight, new TensorOptional(bias));
                assertThat(y.shape()).containsExactly(images, tokens, out);
                assertThat(y.is_contiguous()).isTrue();
                y.square().sum().backward();
                assertThat(weight.grad().is_contiguous()).isTrue();
                double[][] found = {numbers(y), numbers(x.grad()), numbers(weight.grad()), numbers(bias.grad())};
                for (int i = 0; i < blas.length; i++) {
                    assertThat(found[i]).containsExactly(blas[i], within(1e-3));
                }
                blas = found;
            }
        }
    }

    @Test
    void takesTokensThatDoNotLieSideBySide() {
        try (PointerScope scope = new PointerScope()) {
            Products.use(Library.ONEDNN);
            Tensor some = pattern(3, 9, 8).narrow(1, 2, 5);
            Tensor weight = pattern(6, 8);
            Tensor product = Products.of(some, weight, new TensorOptional());
            assertThat(product.sub(linear(some, weight)).abs().max().item_double()).isLessThan(1e-4);
        }
    }

    @Test
    void leavesDoublePrecisionToBlas() {
        try (PointerScope scope = new PointerScope()) {
            Products.use(Library.ONEDNN);
            Tensor x = pattern(2, 3, 4).to(ScalarType.Double);
            Tensor weight = pattern(5, 4).to(ScalarType.Double);
            assertThat(Products.of(x, weight, new TensorOptional()).equal(linear(x, weight))).isTrue();
        }
    }

    @Test
    void aRunSaysWhoMultiplies() {
        Compute.of(config(Library.ONEDNN));
        assertThat(Products.library()).isEqualTo("oneDNN");
        Compute.of(config(Library.BLAS));
        assertThat(Products.library()).isEqualTo("BLAS");
    }

    @Test
    void knowsTheProcessorsOnWhichMklHoldsBack() throws IOException {
        assertThat(Products.isAmdWithAvx512(cpu("vendor_id\t: AuthenticAMD\nflags\t\t: fpu sse2 avx2 avx512f avx512bw"))).isTrue();
        assertThat(Products.isAmdWithAvx512(cpu("vendor_id\t: AuthenticAMD\nflags\t\t: fpu sse2 avx2 fma"))).isFalse();
        assertThat(Products.isAmdWithAvx512(cpu("vendor_id\t: GenuineIntel\nflags\t\t: fpu avx2 avx512f avx512bw"))).isFalse();
        assertThat(Products.isAmdWithAvx512(cpu("CPU implementer\t: 0x41\nFeatures\t: fp asimd"))).isFalse();
        assertThat(Products.isAmdWithAvx512(folder.resolve("nothing"))).isFalse();
    }

    private Path cpu(String text) throws IOException {
        return Files.writeString(folder.resolve("cpuinfo"), text + "\n\n" + text + "\n");
    }

    private static RuntimeConfig config(Library library) {
        return new RuntimeConfig(RuntimeConfig.DeviceChoice.CPU, RuntimeConfig.Precision.FP32, OptionalInt.empty(),
                OptionalInt.empty(), library, false, false);
    }

    private static Tensor pattern(long... shape) {
        long count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        return arange(new Scalar(0.0), new Scalar((double) count)).mul(new Scalar(0.7)).sin().view(shape);
    }

    private static double[] numbers(Tensor tensor) {
        Tensor flat = tensor.detach().to(ScalarType.Double).contiguous();
        double[] numbers = new double[(int) flat.numel()];
        flat.data_ptr_double().get(numbers);
        return numbers;
    }
}
