package org.latentmim.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look and change nothing. */
class InspectionTest {

    @Test
    void componentsShowsTheKeysOfOne() {
        assertThat(CommandLineRun.of("components", "noise").out()).isEqualTo("""

                image set noise
                  Images of random pixels, for benchmarks: nothing is read and nothing can be learned (ExamplesPlugin)
                  images: a whole number; default 10000
                      how many images, at least 1
                  height: a whole number; default 224
                      height in pixels, at least 1
                  width: a whole number; default 224
                      width in pixels, at least 1
                  channels: a whole number; default 3
                      values of a pixel, at least 1
                  seed: a whole number; default 0
                      what the pixels are made of
                  from: a whole number; optional
                      the first image, counted from 0; the first of the set if left out
                  to: a whole number; optional
                      the image to stop before; the end of the set if left out
                  per-class: a whole number; optional
                      how many images of each class, the first ones in the set's order; all if left out
                """);
    }

    @Test
    void componentsShowsTheKeysOfWhatIsInAList() {
        assertThat(CommandLineRun.of("components", "recipe").out()).contains("""
                  also: a list, each a map; default []
                      what else to predict from the same encoder, each with a decoder, a target and losses of its own
                  also.N.decoder: the name of a decoder, or a map with it; required
                      predicts the targets of the masked patches
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
                # disk       11 MiB for a checkpoint
                """);
    }

    @Test
    void doctorShowsWhatARunStandsOn() {
        CommandLineRun run = CommandLineRun.of("doctor");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsPattern("\njavacpp    1\\.").containsPattern("\nmatrices   [0-9,]+ GFLOP/s ")
                .contains("\ndevice     ")
                .containsPattern("\nthreads    \\d+ of torch \\(runtime.threads\\), "
                        + "\\d+ for images \\(runtime.workers\\); torch's spin ");
    }
}
