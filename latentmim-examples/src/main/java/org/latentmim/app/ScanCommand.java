package org.latentmim.app;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.latentmim.data.ImageScan;
import org.latentmim.data.ScanReport;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Looks at all images before a training does. */
@Command(
        name = "scan",
        description = "Reads every image, tells which cannot be read and why, and how to normalise them in a recipe.",
        mixinStandardHelpOptions = true)
final class ScanCommand implements Callable<Integer> {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Terminal terminal;
    private final long began = System.nanoTime();
    private final ProgressLine progress;

    @Parameters(index = "0", paramLabel = "IMAGES", description = "A folder, or a file written by latentmim pack.")
    private Path images;

    @Option(names = "--channels", paramLabel = "N", defaultValue = "3",
            description = "How to read a folder: 3 for colour, 1 for grey (${DEFAULT-VALUE}).")
    private int channels;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the findings to a file, too.")
    private Optional<Path> json;

    ScanCommand(Terminal terminal) {
        this.terminal = terminal;
        this.progress = new ProgressLine(terminal);
    }

    @Override
    public Integer call() {
        ImageScan scan = scan();
        ScanReport report;
        OptionalInt stopped;
        try (Interruption interruption = Interruption.listen(
                signal -> terminal.print("Stopping; press Ctrl-C again to leave at once."))) {
            report = scan.run(this::tell, interruption);
            stopped = interruption.exitCode();
        }
        terminal.bottom("");
        ScanWords.of(report).forEach(terminal::print);
        json.ifPresent(file -> write(file, report));
        if (stopped.isPresent() && report.scanned() < report.images()) {
            return stopped.getAsInt();
        }
        return report.problems().isEmpty() ? 0 : Failures.FAILURE;
    }

    private ImageScan scan() {
        try {
            return ImageScan.of(images, channels);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private void tell(int scanned, int unreadable) {
        progress.show(String.format(Locale.ROOT, "%,d images, %,d unreadable, %,.0f images/s",
                scanned, unreadable, scanned / ((System.nanoTime() - began) / 1e9)), false);
    }

    private static Map<String, Object> findings(ScanReport report) {
        Map<String, Object> findings = new LinkedHashMap<>();
        findings.put("images", report.images());
        findings.put("scanned", report.scanned());
        findings.put("readable", report.readable());
        findings.put("problems", report.problems());
        findings.put("formats", report.kinds());
        report.width().ifPresent(width -> findings.put("width", width));
        report.height().ifPresent(height -> findings.put("height", height));
        findings.put("misnamed", report.misnamed());
        findings.put("duplicates", report.duplicates());
        report.normalization().ifPresent(normalization -> {
            findings.put("mean", normalization.mean());
            findings.put("deviation", normalization.deviation());
        });
        return findings;
    }

    private static void write(Path file, ScanReport report) {
        try {
            AtomicWrite.file(file, JSON.writeValueAsBytes(findings(report)));
        } catch (IOException e) {
            throw new FailureException("The file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
