package org.latentmim.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.latentmim.data.ImagePacker;
import org.latentmim.data.PackFormat;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes one file of many images. */
@Command(
        name = "pack",
        description = "Makes one file of the images of a folder, for the image set 'packed': smaller, checked, and fast to read.",
        mixinStandardHelpOptions = true)
final class PackCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The folder; its sub-folders are the classes.")
    private Path source;

    @Parameters(index = "1", paramLabel = "OUT", description = "The file to write, which must not be there.")
    private Path out;

    @Option(names = "--short-side", paramLabel = "N",
            description = "Make images smaller that have more than N pixels on their short side.")
    private Integer shortSide;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "raw",
            description = "raw for pixels, which is fast, or jpeg, which is small (${DEFAULT-VALUE}).")
    private String format;

    @Option(names = "--channels", paramLabel = "N", defaultValue = "3",
            description = "3 for colour, 1 for grey (${DEFAULT-VALUE}).")
    private int channels;

    PackCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (shortSide != null && shortSide < 1) {
            throw new UsageException("--short-side must be at least 1, but is " + shortSide + ".");
        }
        if (!format.equals("raw") && !format.equals("jpeg")) {
            throw new UsageException("--format must be raw or jpeg, but is " + format + ".");
        }
        if (Files.exists(out)) {
            throw new UsageException(out + " is there already: delete it, or name another.");
        }
        ImagePacker packer = new ImagePacker(PackFormat.valueOf(format.toUpperCase(Locale.ROOT)),
                shortSide == null ? OptionalInt.empty() : OptionalInt.of(shortSide));
        try {
            int images = packer.pack(source, channels, out);
            terminal.print(String.format(Locale.ROOT, "%,d images, %,.1f MiB, are in %s",
                    images, Files.size(out) / (double) (1 << 20), out));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        } catch (IOException e) {
            throw new FailureException("Nothing was packed: " + e.getMessage(), e);
        }
        return 0;
    }
}
