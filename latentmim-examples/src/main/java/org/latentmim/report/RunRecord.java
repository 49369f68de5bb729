package org.latentmim.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.health.HealthRecord;
import org.latentmim.pipeline.RecipeKeys;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Score;
import org.latentmim.train.JudgedScore;
import org.latentmim.train.SkippedStep;

/**
 * All that the folder of a run tells.
 *
 * @param folder where it lies
 * @param recipe its keys, by their paths
 * @param recipeText as it stands in the file
 * @param environment machine and program, by name
 * @param metrics numbers on the way
 * @param scores what was measured
 * @param health its looks at its health
 * @param skipped steps that taught it nothing
 * @param pictures what was drawn of it
 * @param faults what could not be read, in a sentence each
 */
public record RunRecord(Path folder, Map<String, String> recipe, String recipeText, Map<String, String> environment,
        RunMetrics metrics, List<JudgedScore> scores, HealthRecord health, List<SkippedStep> skipped, List<Picture> pictures,
        List<String> faults) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new Jdk8Module())
            .build();

    /** A part of a run, and how it is read. */
    @FunctionalInterface
    private interface Part<T> {
        T read(Path place) throws IOException;
    }

    /**
     * Reads what there is in the folder of a run; what cannot be read becomes a fault.
     *
     * @throws UsageException if there is no run
     */
    public static RunRecord read(Path folder) {
        RunDirectory directory = RunDirectory.open(folder);
        List<String> faults = new ArrayList<>();
        Map<String, String> recipe = recipe(directory, faults);
        RunMetrics metrics =
                part(folder.resolve("metrics.jsonl"), file -> RunMetrics.read(file, faults::add), RunMetrics.NONE, faults);
        if (metrics.curves().isEmpty()) {
            faults.add("The run has recorded no metrics.");
        }
        return new RunRecord(folder, recipe,
                part(directory.recipe(), RunRecord::text, "", faults),
                part(folder.resolve("environment.json"), RunRecord::environment, Map.of(), faults),
                metrics,
                part(folder.resolve("scores.json"), RunRecord::scores, List.of(), faults),
                part(folder.resolve("health.json"), RunRecord::health, HealthRecord.NONE, faults),
                part(folder.resolve("skipped.jsonl"), RunRecord::skipped, List.of(), faults),
                part(folder.resolve("pictures"), place -> Pictures.read(place, faults::add), List.of(), faults),
                List.copyOf(faults));
    }

    private static Map<String, String> recipe(RunDirectory directory, List<String> faults) {
        try {
            return RecipeKeys.read(directory.recipe());
        } catch (UsageException | FailureException e) {
            faults.add(e.getMessage());
            return Map.of();
        }
    }

    private static <T> T part(Path place, Part<T> part, T none, List<String> faults) {
        if (!Files.exists(place)) {
            return none;
        }
        try {
            return part.read(place);
        } catch (JsonProcessingException e) {
            String first = e.getOriginalMessage().lines().findFirst().orElse("");
            faults.add(place.getFileName() + " is not what a run writes, and left out: " + first);
        } catch (IOException e) {
            faults.add(place.getFileName() + " cannot be read, and is left out: " + e.getMessage());
        }
        return none;
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static Map<String, String> environment(Path file) throws IOException {
        Map<String, String> environment = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : JSON.readTree(file.toFile()).properties()) {
            environment.put(entry.getKey(), entry.getValue().asText());
        }
        return environment;
    }

    private static List<JudgedScore> scores(Path file) throws IOException {
        List<JudgedScore> scores = JSON.readValue(file.toFile(), new TypeReference<List<JudgedScore>>() {});
        for (JudgedScore judged : scores) {
            Score score = judged == null ? null : judged.score();
            complete(score, () -> Stream.of(
                    judged.representation(), judged.evaluator(), score.name(), score.unit(), score.protocol()), "a score");
        }
        return scores;
    }

    private static HealthRecord health(Path file) throws IOException {
        return JSON.readValue(file.toFile(), HealthRecord.class);
    }

    private static List<SkippedStep> skipped(Path file) throws IOException {
        try (var lines = JSON.readerFor(SkippedStep.class).<SkippedStep>readValues(file.toFile())) {
            List<SkippedStep> steps = lines.readAll();
            for (SkippedStep step : steps) {
                complete(step, () -> Stream.of(step.reason(), step.ids()), "a step");
            }
            return steps;
        }
    }

    private static void complete(Object whole, Supplier<Stream<Object>> parts, String name) throws JsonProcessingException {
        if (whole == null || parts.get().anyMatch(Objects::isNull)) {
            throw new JsonMappingException(null, name + " lacks a part");
        }
    }

    /** Returns what the folder is called. */
    public String label() {
        return folder.toAbsolutePath().normalize().getFileName().toString();
    }

    /** Returns what the recipe is called, or else the folder. */
    public String name() {
        return recipe.getOrDefault("name", label());
    }

    /** Returns how long the steps took, as their pace tells; nothing if it was not recorded. */
    public Optional<Duration> time() {
        try {
            long images = Long.parseLong(recipe.getOrDefault("train.batch", ""))
                    * Long.parseLong(recipe.getOrDefault("train.accumulation", "1"));
            double seconds = images * metrics.slownesses();
            return seconds > 0 ? Optional.of(Duration.ofMillis(Math.round(1000 * seconds))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty(); // as with a recipe that could not be read
        }
    }
}
