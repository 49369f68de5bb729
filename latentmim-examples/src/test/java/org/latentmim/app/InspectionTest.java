package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look and change nothing. */
class InspectionTest {

    @Test
    void componentsShowsTheKeysOfOne() {
        assertThat(CommandLineRun.of("components", "stratified").out()).isEqualTo("""

                mask sampler stratified
                  Shows one patch, drawn at random, of every square of cell x cell patches (StratifiedMaskingPlugin)
                  cell: a whole number; default 3
                      side of a square in patches, at least 2
                """);
    }

    @Test
    void componentsShowsEverythingOfEveryPlugin() {
        assertThat(CommandLineRun.of("components").out()).contains("recipe\n", "\n  train.batch: a whole number; required\n",
                "\nimage set fashion-mnist\n", "\nmask sampler random\n", "\nencoder vit\n", "\ndecoder cross-attention\n",
                "\ntarget momentum\n", "\nloss patch-discrimination\n", "\nevaluator nearest-neighbor\n",
                "\nmetric sink jsonl\n");
    }

    @Test
    void componentsSaysWhatThereIsInPlaceOfAnUnknownOne() {
        CommandLineRun run = CommandLineRun.of("components", "nothing");
        assertThat(run.err())
                .startsWith("latentmim: There is no component 'nothing'. There are: cifar10-binary, fashion-mnist, ");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void checkPrintsARecipeThatReadsBackToTheSame(@TempDir Path temporary) throws IOException {
        CommandLineRun run = CommandLineRun.of("check", "quickstart", "--set", "train.epochs=3");
        assertThat(run.exitCode()).isZero();
        Path file = Files.writeString(temporary.resolve("printed.yaml"), run.out());
        assertThat(Recipes.read(file.toString(), List.of())).isEqualTo(Recipes.read("quickstart", List.of("train.epochs=3")));
    }

    @Test
    void checkSaysWhatTheRunTakes() {
        assertThat(CommandLineRun.of("check", "quickstart").out()).contains("""

                # images     8,000 to learn from, 2,000 held out
                # encoder    569,984 parameters; sees 8 of 49 patches
                # training   12 epochs, 1,500 steps of 64 images
                """, """

                # parameters encoder 569,984, decoder 149,664, target encoder 569,984
                # memory     about 63 MiB beside that of the program: 14 MiB for weights and optimizer, 50 MiB for a batch
                # disk       5 MiB for a checkpoint
                """);
    }

    @Test
    void checkReadsARecipeThatNamesTheOutsidePlugin() {
        CommandLineRun run = CommandLineRun.of("check", "quickstart", "--set", "masking={name: stratified, cell: 2}");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("sees 9 of 49 patches");
    }

    @Test
    void doctorShowsWhatARunStandsOn() {
        CommandLineRun run = CommandLineRun.of("doctor");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("\njavacpp    1\\.").containsPattern("\nmatrices   [0-9,]+ GFLOP/s ")
                .contains("\ndevice     ");
    }

    @Test
    void benchStepWritesItsNumbers(@TempDir Path temporary) throws IOException {
        Path file = temporary.resolve("numbers.json");
        List<String> args = new ArrayList<>(List.of("bench", "step", "quickstart", "--steps", "2", "--json", file.toString()));
        args.addAll(CommandLineRun.TINY);
        CommandLineRun run = CommandLineRun.of(args.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsPattern("\nstep       [0-9,.]+ images/s \\(median of 2; [0-9,.]+ to [0-9,.]+\\)\n");
        JsonNode numbers = new JsonMapper().readTree(file.toFile());
        assertThat(numbers.get("batch").intValue()).isEqualTo(16);
        assertThat(numbers.get("images-per-second").doubleValue()).isPositive();
        assertThat(numbers.get("slowest").doubleValue()).isLessThanOrEqualTo(numbers.get("fastest").doubleValue());
    }
}
