package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.GivenUpException;
import org.latentmim.runtime.UsageException;

class FailuresTest {

    private final StringWriter err = new StringWriter();

    @Test
    void tellsAMistakeOfTheUserByExitCode2() {
        assertThat(tell(new UsageException("This cannot be."), false)).isEqualTo(2);
        assertThat(err).hasToString("latentmim: This cannot be.\n");
    }

    @Test
    void tellsAFailureByExitCode1() {
        assertThat(tell(new FailureException("The disk is full."), false)).isEqualTo(1);
        assertThat(err).hasToString("latentmim: The disk is full.\n");
    }

    @Test
    void tellsARunThatGaveUpByExitCode3() {
        assertThat(tell(new GivenUpException("It does not learn."), false)).isEqualTo(3);
        assertThat(err).hasToString("latentmim: It does not learn.\n");
    }

    @Test
    void tellsOnlyTheFirstLineOfWhatComesFromTorch() {
        assertThat(tell(new RuntimeException("sizes do not match\nException raised from here\nand there"), false)).isEqualTo(1);
        assertThat(err).hasToString("latentmim: Unexpected: sizes do not match\nRun again with --verbose to see where.\n");
    }

    @Test
    void saysWhatToDoWhereMemoryRunsOut() {
        RuntimeException torch = new RuntimeException("DefaultCPUAllocator: can't allocate memory: 1 byte");
        tell(new IllegalStateException("wrapped", torch), false);
        assertThat(err).hasToString("latentmim: There is not enough memory for this; a smaller train.batch (with more"
                + " train.accumulation) or smaller networks need less.\n");
    }

    @Test
    void sendsToTheDoctorWhereNativesAreMissing() {
        tell(new UnsatisfiedLinkError("no jnitorch in java.library.path"), false);
        assertThat(err).hasToString("latentmim: The native libraries cannot be loaded: UnsatisfiedLinkError: no jnitorch in"
                + " java.library.path. `latentmim doctor` looks into it; it may help to delete the folder"
                + " .javacpp/cache in your home.\n");
    }

    @Test
    void sendsNobodyToTheDoctorWhereClassesDoNotFitEachOther() {
        tell(new NoSuchMethodError("'void org.latentmim.masking.MaskingPlugin.gone()'"), false);
        assertThat(err).hasToString("latentmim: Unexpected: NoSuchMethodError: 'void org.latentmim.masking.MaskingPlugin.gone()'\n"
                + "Run again with --verbose to see where.\n");
    }

    @Test
    void showsWhereItHappenedWhenAsked() {
        tell(new UsageException("This cannot be."), true);
        assertThat(err.toString())
                .startsWith("latentmim: This cannot be.\norg.latentmim.runtime.UsageException: This cannot be.\n\tat ");
    }

    private int tell(Throwable failure, boolean verbose) {
        Terminal terminal = new Terminal(new PrintWriter(new StringWriter()), new PrintWriter(err), false, () -> 80);
        return new Failures(terminal, () -> verbose).tell(failure);
    }
}
