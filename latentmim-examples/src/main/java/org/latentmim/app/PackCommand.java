package org.latentmim.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.latentmim.data.ImagePacker;
import org.latentmim.data.PackFormat;
import org.latentmim.data.PackReport;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes one file of many images. */
@Command(
        name = "pack",
        description = "Makes one file of the images of a folder or a tar, for the image set 'packed': checked, and fast to read.",
        mixinStandardHelpOptions = true)
final class PackCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The folder, .tar or .tar.gz; its folders are the classes.")
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

    @Option(names = "--tolerate-unreadable", paramLabel = "SHARE", defaultValue = "0.01",
            description = "Share of images that may be unreadable and are left out, in [0, 1] (${DEFAULT-VALUE}).")
    private double tolerated;

    PackCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ImagePacker packer = packer();
        try (Interruption interruption = Interruption.listen(signal -> terminal.print("Stopping; nothing will be written."))) {
            return pack(packer, interruption);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        } catch (IOException e) {
            throw new FailureException("Nothing was packed: " + e.getMessage(), e);
        }
    }

    private int pack(ImagePacker packer, Interruption interruption) throws IOException {
        try (PackScreen screen = new PackScreen(terminal, interruption)) {
            PackReport report = packer.pack(source, out, screen);
            screen.close();
            terminal.print(String.format(Locale.ROOT, "%,d images, %,.1f MiB, are in %s",
                    report.images(), Files.size(out) / (double) (1 << 20), out));
            UnreadableImages.print(report.unreadable(), "left out", terminal);
            return 0;
        } catch (CancellationException e) {
            return interruption.exitCode().orElseThrow();
        }
    }

    private ImagePacker packer() {
        if (shortSide != null && shortSide < 1) {
            throw new UsageException("--short-side must be at least 1, but is " + shortSide + ".");
        }
        if (!format.equals("raw") && !format.equals("jpeg")) {
            throw new UsageException("--format must be raw or jpeg, but is " + format + ".");
        }
        if (channels != 1 && channels != 3) {
            throw new UsageException("--channels must be 1 or 3, but is " + channels + ".");
        }
        if (!(tolerated >= 0 && tolerated <= 1)) {
            throw new UsageException("--tolerate-unreadable must be between 0 and 1, but is " + tolerated + ".");
        }
        if (Files.exists(out)) {
            throw new UsageException(out + " is there already: delete it, or name another.");
        }
        return new ImagePacker(PackFormat.valueOf(format.toUpperCase(Locale.ROOT)),
                shortSide == null ? OptionalInt.empty() : OptionalInt.of(shortSide), channels, tolerated);
    }
}
