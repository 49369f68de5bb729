package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeCommandTest {

    @TempDir
    private Path temporary;

    @Test
    void theSameCommandGoesOnUntilTheRunIsDone() {
        String folder = temporary.resolve("run").toString();
        CommandLineRun stopped = CommandLineRun.tiny("--max-hours", "1e-6", "--out", folder);
        assertThat(stopped.err()).isEmpty();
        assertThat(stopped.exitCode()).isEqualTo(75);
        assertThat(stopped.out())
                .contains("\nStopped after step 0 of 8.", "\nTo go on: latentmim pretrain --resume " + folder + "\n");

        CommandLineRun done = CommandLineRun.tiny("--out", folder);
        assertThat(done.err()).isEmpty();
        assertThat(done.exitCode()).isZero();
        assertThat(done.out()).contains("Going on after step 0 of 8.", "step 8 of 8", "\nThe run is in " + folder);

        CommandLineRun again = CommandLineRun.of("pretrain", "--resume", folder);
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("Going on after step 8 of 8.", "trained encoder", "\nThe run is in " + folder);

        CommandLineRun more = CommandLineRun.of("pretrain", "--resume", folder, "--set", "train.epochs=3");
        assertThat(more.exitCode()).isZero();
        assertThat(more.out()).contains("Going on after step 8 of 12.", "step 12 of 12");
    }

    @Test
    void refusesWhatIsNoRunAndARecipeOfAnotherRun() {
        String folder = temporary.resolve("run").toString();
        assertThat(CommandLineRun.of("pretrain", "--resume", folder))
                .isEqualTo(new CommandLineRun(2, "", "latentmim: There is no run in " + folder + ": it has no recipe.yaml.\n"));
        assertThat(CommandLineRun.of("pretrain", "--resume", folder, "--out", folder).err())
                .isEqualTo("latentmim: --resume goes on in the folder of the run itself; leave out --out.\n");
        CommandLineRun.tiny("--max-hours", "1e-6", "--out", folder);
        CommandLineRun other = CommandLineRun.tiny("--set", "run.seed=1", "--out", folder);
        assertThat(other.exitCode()).isEqualTo(2);
        assertThat(other.err()).startsWith("latentmim: The run in " + folder
                + " cannot go on with this recipe, which would make another run of it:\n  run.seed: 0 in the run, 1 now\n");
    }
}
