package org.latentmim.app;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.pipeline.Recipe;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Weights as the command line names them, and the recipe that they were learned by. */
final class WeightsArgument {

    /** How images may be named. */
    static final String IMAGES =
            "A folder of images, one image, or an image set as recipes have it: '{name: idx, images: FILE}'";

    @Parameters(index = "0", paramLabel = "RUN",
            description = "The folder of a run, whose latest weights are taken, or of a checkpoint.")
    private Path run;

    @Mixin
    private Overrides overrides;

    Path path() {
        return run;
    }

    RunDirectory directory() {
        return RunDirectory.around(run);
    }

    Checkpoint checkpoint() {
        RunDirectory directory = directory();
        boolean isRun = directory.folder().equals(run.toAbsolutePath().normalize());
        return Checkpoint.open(isRun ? directory.checkpoints() : run);
    }

    Recipe recipe() {
        return Recipes.read(file(), overrides.values());
    }

    /** Returns the recipe with other images in place of those that were learned from, which need not be there any more. */
    Recipe recipe(String images) {
        String set = images.startsWith("{") ? images : Recipes.folder(Path.of(images), recipe().images().mean().size());
        Stream<String> instead = Stream.of("images.train=null", "images.train=" + set);
        return Recipes.read(file(), Stream.concat(instead, overrides.values().stream()).toList());
    }

    private String file() {
        return directory().recipe().toString();
    }
}
