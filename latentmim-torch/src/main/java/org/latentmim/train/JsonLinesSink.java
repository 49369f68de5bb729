package org.latentmim.train;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Inject;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.latentmim.spi.Component.NoKeys;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Metrics;
import org.latentmim.spi.RunFolder;

/** One JSON object a line in {@code metrics.jsonl}, whole lines only: a line is written at once. */
@Meaning("Writes a JSON object a line to metrics.jsonl in the folder of the run")
final class JsonLinesSink implements MetricSink {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final BufferedWriter lines;

    @Inject
    JsonLinesSink(NoKeys config, @RunFolder Path folder) throws IOException {
        this.file = folder.resolve("metrics.jsonl");
        this.lines = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void record(Metrics metrics) throws IOException {
        ObjectNode line = JSON.createObjectNode();
        line.put("step", metrics.step());
        line.put("epoch", metrics.epoch());
        for (Map.Entry<String, Double> value : metrics.values().entrySet()) {
            line.put(value.getKey(), value.getValue());
        }
        try {
            lines.write(JSON.writeValueAsString(line));
            lines.newLine();
            lines.flush();
        } catch (IOException e) {
            throw new IOException("cannot write to " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void forgetAfter(long records) throws IOException {
        JsonLines.cut(file, records);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
