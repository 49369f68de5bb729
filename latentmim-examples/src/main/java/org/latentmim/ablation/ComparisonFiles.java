package org.latentmim.ablation;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.latentmim.ablation.Comparison.ScoreResult;
import org.latentmim.ablation.Comparison.VariantResult;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.OutputFolder;
import org.latentmim.spi.Interval;

/** The table of a suite as files: all of it as JSON, a row for each variant and score as CSV, and as Markdown. */
final class ComparisonFiles {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new Jdk8Module())
            .build();

    private static final List<String> COLUMNS = List.of("variant", "score", "unit", "seeds", "mean", "deviation", "difference",
            "low", "high", "finding", "gain", "gain-low", "gain-high", "verdict", "seconds", "evaluation-seconds",
            "images-per-second", "operations-per-step", "peak-memory", "failure");

    private ComparisonFiles() {}

    static void write(Comparison comparison, Path folder) {
        try {
            new OutputFolder(folder).make();
            AtomicWrite.file(folder.resolve("results.json"), JSON.writeValueAsBytes(comparison));
            AtomicWrite.file(folder.resolve("results.csv"), csv(comparison).getBytes(StandardCharsets.UTF_8));
            AtomicWrite.file(folder.resolve("results.md"), ComparisonMarkdown.of(comparison).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new FailureException("The results in " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Returns a line for each variant and score; a variant without scores has one. */
    static String csv(Comparison comparison) {
        return Stream.concat(Stream.of(COLUMNS), comparison.variants().stream().flatMap(ComparisonFiles::rows))
                .map(row -> row.stream().map(ComparisonFiles::quoted).collect(Collectors.joining(",", "", "\n")))
                .collect(Collectors.joining());
    }

    private static Stream<List<String>> rows(VariantResult variant) {
        return variant.scores().isEmpty()
                ? Stream.of(row(variant, Optional.empty()))
                : variant.scores().stream().map(score -> row(variant, Optional.of(score)));
    }

    private static List<String> row(VariantResult variant, Optional<ScoreResult> score) {
        Optional<Difference> toBase = score.flatMap(ScoreResult::toBase);
        Optional<Difference> gain = score.flatMap(ScoreResult::toUntrained);
        return List.of(variant.name(), score.map(ScoreResult::name).orElse(""), score.map(ScoreResult::unit).orElse(""),
                "" + variant.finished().size(),
                number(score.map(each -> each.trained().mean())), number(score.map(each -> each.trained().deviation())),
                number(toBase.map(Difference::mean)), low(toBase), high(toBase),
                toBase.map(difference -> difference.finding().words()).orElse(""),
                number(gain.map(Difference::mean)), low(gain), high(gain),
                variant.verdict(), number(variant.mean(RunResult::seconds)),
                number(variant.mean(run -> OptionalDouble.of(run.evaluationSeconds()))),
                number(variant.mean(RunResult::imagesPerSecond)), number(variant.mean(RunResult::operations)),
                number(variant.mean(run -> run.peakMemory().stream().mapToDouble(bytes -> bytes).findFirst())),
                String.join(" ", variant.failures()));
    }

    private static String low(Optional<Difference> difference) {
        return number(difference.flatMap(Difference::interval).map(Interval::low));
    }

    private static String high(Optional<Difference> difference) {
        return number(difference.flatMap(Difference::interval).map(Interval::high));
    }

    private static String number(OptionalDouble number) {
        return number.isPresent() ? number(Optional.of(number.getAsDouble())) : "";
    }

    private static String number(Optional<Double> number) {
        return number.filter(Double::isFinite).map(value -> String.format(Locale.ROOT, "%.6g", value)).orElse("");
    }

    private static String quoted(String text) {
        return text.matches("[^,\"\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
