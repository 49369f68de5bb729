package org.latentmim.app;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentmim.bench.Measurement;
import org.latentmim.runtime.AtomicWrite;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

/**
 * What a benchmark found, as a file keeps it.
 *
 * @param benchmark such as {@code step}
 * @param environment machine and program, by name
 * @param measurements in the order to show
 */
record BenchResult(String benchmark, Map<String, String> environment, List<Measurement> measurements) {

    private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws UsageException if the file is none of ours
     */
    static BenchResult read(Path file) {
        try {
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            Map<String, String> environment = new LinkedHashMap<>();
            root.required("environment").properties()
                    .forEach(field -> environment.put(field.getKey(), field.getValue().asText()));
            List<Measurement> measurements = new ArrayList<>();
            for (JsonNode one : root.required("measurements")) {
                measurements.add(new Measurement(
                        one.required("name").asText(), Measurement.Unit.of(one.required("unit").asText()),
                        one.required("value").asDouble(), one.required("low").asDouble(), one.required("high").asDouble(),
                        one.required("samples").asInt()));
            }
            return new BenchResult(root.required("benchmark").asText(), environment, measurements);
        } catch (JacksonException | IllegalArgumentException e) {
            throw new UsageException("The file " + file + " is no result of latentmim bench --json: "
                    + e.getMessage().lines().findFirst().orElse(""), e);
        } catch (NoSuchFileException e) {
            throw new UsageException("There is no file " + file + " to compare with.", e);
        } catch (IOException e) {
            throw new UsageException("The file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    void write(Path file) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("benchmark", benchmark);
        root.put("environment", environment);
        root.put("measurements", measurements.stream().map(BenchResult::entry).toList());
        try {
            AtomicWrite.file(file, JSON.writeValueAsBytes(root));
        } catch (IOException e) {
            throw new FailureException("The file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> entry(Measurement measurement) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", measurement.name());
        entry.put("unit", measurement.unit().toString());
        entry.put("value", measurement.value());
        entry.put("low", measurement.low());
        entry.put("high", measurement.high());
        entry.put("samples", measurement.samples());
        return entry;
    }
}
