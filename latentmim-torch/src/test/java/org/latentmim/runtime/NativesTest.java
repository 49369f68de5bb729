package org.latentmim.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.bytedeco.pytorch.global.torch.ones;

import java.nio.file.Path;
import java.util.Properties;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativesTest {

    private static final String BLAS = "org.bytedeco.openblas.load";
    private static final String MEMORY_CHECK = "org.bytedeco.javacpp.maxphysicalbytes";

    private final Properties before = new Properties();

    @BeforeEach
    void forget() {
        before.putAll(System.getProperties());
        System.clearProperty(BLAS);
        System.clearProperty(MEMORY_CHECK);
    }

    @AfterEach
    void restore() {
        System.setProperties(before);
    }

    @Test
    void choosesMklOnX86AndNoMemoryCheck() {
        assumeThat(System.getProperty("os.arch")).isEqualTo("amd64");
        Natives.prepare();
        assertThat(System.getProperty(BLAS)).isEqualTo("mkl");
        assertThat(System.getProperty(MEMORY_CHECK)).isEqualTo("0");
    }

    @Test
    void leavesTheBlasAloneOnOtherProcessors() {
        System.setProperty("os.arch", "aarch64");
        Natives.prepare();
        assertThat(System.getProperty(BLAS)).isNull();
    }

    @Test
    void whatTheUserSetWins() {
        System.setProperty(BLAS, "openblas");
        System.setProperty(MEMORY_CHECK, "1g");
        Natives.prepare();
        assertThat(System.getProperty(BLAS)).isEqualTo("openblas");
        assertThat(System.getProperty(MEMORY_CHECK)).isEqualTo("1g");
    }

    @Test
    void asksTheSystemWhatIsLoaded() {
        assumeThat(Path.of("/proc/self/maps")).exists();
        System.setProperty(BLAS, "made up");
        try (PointerScope scope = new PointerScope()) {
            assertThat(ones(2, 2).mm(ones(2, 2)).sum().item_double()).isEqualTo(8);
        }
        assertThat(Natives.loadedBlas()).isIn("MKL", "OpenBLAS");
    }
}
