package org.latentmim.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.latentmim.page.MaskPage;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.pipeline.Recipe;
import org.latentmim.preview.MaskPreview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a recipe hides. */
@Command(
        name = "preview",
        description = "Writes a page with pictures of a recipe's images under its masks, and the statistics of the masks.",
        mixinStandardHelpOptions = true)
final class PreviewCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private RecipeArgument recipe;

    @Option(names = "--out", paramLabel = "PLACE", defaultValue = "runs",
            description = "The page, if it ends in .html; else the folder for NAME-preview.html (${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--images", paramLabel = "N", defaultValue = "6",
            description = "Images to show, at most as many as make a step (${DEFAULT-VALUE}).")
    private int images;

    @Option(names = "--draws", paramLabel = "N", defaultValue = "1000", description = "Masks to count over (${DEFAULT-VALUE}).")
    private int draws;

    @Option(names = "--seed", paramLabel = "N", description = "Another run.seed than the recipe's.")
    private Optional<Long> seed;

    @Spec
    private CommandSpec spec;

    PreviewCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Recipe wanted = recipe.read(seed.map(number -> "run.seed=" + number).stream().toList());
        String name = wanted.name().orElse(recipe.stem());
        PageFile page = PageFile.at(out, name + "-preview.html");
        page.check();
        MaskPreview preview = Pretraining.preview(wanted, images, draws);
        String command = CommandText.of(spec.root().commandLine().getParseResult().originalArgs());
        page.write(MaskPage.html(preview, wanted, name, command));
        terminal.print("The preview is in " + page.path());
        return 0;
    }
}
