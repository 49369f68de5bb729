package org.latentmim.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.latentmim.pictures.Picture;
import org.latentmim.pictures.Pictures;
import org.latentmim.pictures.Point;
import org.latentmim.pipeline.Assembly;
import org.latentmim.runtime.OutputFolder;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.ImageSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Paints what a trained encoder sees. */
@Command(
        name = "pictures",
        description = "Paints what the networks of a run see in some images, as PNG files with a list of them, pictures.json.",
        mixinStandardHelpOptions = true)
final class PicturesCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin
    private WeightsArgument weights;

    @Parameters(index = "1", arity = "0..1", paramLabel = "IMAGES",
            description = WeightsArgument.IMAGES + "; the run's test images, or those it learned from, if left out.")
    private Optional<String> images;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where to write; RUN/pictures if left out.")
    private Optional<Path> out;

    @Option(names = "--show", paramLabel = "N", defaultValue = "6",
            description = "Images to show, evenly spaced over the set (${DEFAULT-VALUE}).")
    private int shown;

    @Option(names = "--patches", paramLabel = "N",
            description = "Patches on the short side of an image; twice those of training if left out.")
    private Optional<Integer> patches;

    @Option(names = "--at", paramLabel = "X,Y",
            description = "Compare all patches to that at a point, from 0,0 at the top left to 1,1; may be given often.")
    private List<String> at = List.of();

    PicturesCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Pictures.Wish wish =
                new Pictures.Wish(shown, patches.map(OptionalInt::of).orElse(OptionalInt.empty()), points());
        Path folder = out.orElseGet(() -> weights.directory().folder().resolve("pictures"));
        new OutputFolder(folder).check();
        Assembly assembly = Assembly.of(images.map(weights::recipe).orElseGet(weights::recipe));
        ImageSet set = images.isPresent() ? assembly.trainImages() : assembly.testImages().orElseGet(assembly::trainImages);
        terminal.title("Pictures of " + weights.path());
        List<Picture> painted =
                new Pictures(assembly, weights.checkpoint(), set).write(folder, wish, kind -> terminal.bottom(kind + " ..."));
        terminal.bottom("");
        terminal.print(painted.size() + " pictures are in " + folder);
        return 0;
    }

    private List<Point> points() {
        List<Point> points = new ArrayList<>();
        for (String text : at) {
            String[] numbers = text.split(",");
            try {
                if (numbers.length != 2) {
                    throw new NumberFormatException();
                }
                points.add(new Point(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--at must be two numbers from 0 to 1, such as 0.5,0.25, but is " + text + ".", e);
            }
        }
        return points;
    }
}
