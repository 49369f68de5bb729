package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.spi.Component.NoKeys;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Metrics;
import org.latentmim.testing.MetricSinkContract;

class JsonLinesSinkTest extends MetricSinkContract {

    @Override
    protected MetricSink open(Path runFolder) throws IOException {
        return new JsonLinesSink(new NoKeys(), runFolder);
    }

    @Override
    protected Optional<List<Metrics>> read(Path runFolder) throws IOException {
        List<Metrics> moments = new ArrayList<>();
        for (String line : Files.readAllLines(runFolder.resolve("metrics.jsonl"))) {
            Map<String, Double> values =
                    new JsonMapper().readValue(line, new TypeReference<LinkedHashMap<String, Double>>() {});
            moments.add(new Metrics(values.remove("step").longValue(), values.remove("epoch"), values));
        }
        return Optional.of(moments);
    }

    @Test
    void writesALineAtOnce(@TempDir Path folder) throws IOException {
        try (MetricSink sink = open(folder)) {
            sink.record(new Metrics(1, 0.5, Map.of("loss", 1.25)));
            assertThat(folder.resolve("metrics.jsonl")).hasContent("{\"step\":1,\"epoch\":0.5,\"loss\":1.25}");
        }
    }

    @Test
    void staysJsonWhereANumberIsNone(@TempDir Path folder) throws IOException {
        try (MetricSink sink = open(folder)) {
            sink.record(new Metrics(1, 0.5, Map.of("loss", Double.NaN)));
        }
        assertThat(folder.resolve("metrics.jsonl")).hasContent("{\"step\":1,\"epoch\":0.5,\"loss\":\"NaN\"}");
    }

    @Test
    void forgetsLaterRecordsAndALineThatWasCutOff(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("metrics.jsonl");
        String first = "{\"step\":1,\"epoch\":0.5}\n{\"step\":2,\"epoch\":1.0}\n{\"step\":2,\"epoch\":1.0,\"\u00e4\":1.0}\n";
        Files.writeString(file, first + "{\"step\":3,\"epoch\":1.5}\n{\"step\":4,\"ep");
        try (MetricSink sink = open(folder)) {
            sink.forgetAfter(9);
            assertThat(file).hasContent(first + "{\"step\":3,\"epoch\":1.5}\n");
            sink.forgetAfter(4);
            assertThat(file).hasContent(first + "{\"step\":3,\"epoch\":1.5}\n");
            sink.forgetAfter(3);
            assertThat(file).hasContent(first);
            sink.record(new Metrics(3, 1.5, Map.of()));
            assertThat(file).hasContent(first + "{\"step\":3,\"epoch\":1.5}\n");
        }
        try (MetricSink sink = open(folder)) {
            sink.forgetAfter(0);
        }
        assertThat(file).isEmptyFile();
    }
}
