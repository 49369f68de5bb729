package org.latentmim.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Metrics;

/** The contract can be kept: the smallest implementation of a sink passes. */
class MetricSinkContractTest extends MetricSinkContract {

    @Override
    protected MetricSink open(Path runFolder) {
        return new TextSink(runFolder.resolve("metrics.txt"));
    }

    @Override
    protected Optional<List<Metrics>> read(Path runFolder) throws IOException {
        List<Metrics> moments = new ArrayList<>();
        for (String line : Files.readAllLines(runFolder.resolve("metrics.txt"))) {
            String[] cells = line.split(" ");
            Map<String, Double> values = new LinkedHashMap<>();
            for (int i = 2; i < cells.length; i += 2) {
                values.put(cells[i], Double.valueOf(cells[i + 1]));
            }
            moments.add(new Metrics(Long.parseLong(cells[0]), Double.parseDouble(cells[1]), values));
        }
        return Optional.of(moments);
    }

    private record TextSink(Path file) implements MetricSink {

        @Override
        public void record(Metrics metrics) throws IOException {
            StringBuilder line = new StringBuilder(metrics.step() + " " + metrics.epoch());
            metrics.values().forEach((name, value) -> line.append(' ').append(name).append(' ').append(value));
            Files.writeString(file, line.append('\n'), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        @Override
        public void close() {
            // every line is already on its way
        }
    }
}
