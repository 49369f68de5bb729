package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Metrics;

/** What every {@link MetricSink} promises. */
public abstract class MetricSinkContract {

    /** Builds the sink to test on the folder of a run, which exists. */
    protected abstract MetricSink open(Path runFolder) throws IOException;

    /** Reads back what a closed sink has written; empty where that cannot be read, as on a console. */
    protected Optional<List<Metrics>> read(Path runFolder) throws IOException {
        return Optional.empty();
    }

    @Test
    void keepsEveryNumberOfEveryMoment(@TempDir Path folder) throws IOException {
        List<Metrics> moments = List.of(
                metrics(10, "loss", 4.25, "similarity/predicted", 0.75),
                metrics(20, "loss", 4.125, "learning-rate", 1e-4),
                metrics(30, "loss", -1e-12));
        try (MetricSink sink = open(folder)) {
            for (Metrics moment : moments) {
                sink.record(moment);
            }
        }
        Optional<List<Metrics>> written = read(folder);
        if (written.isPresent()) {
            assertThat(written.get()).isEqualTo(moments);
        }
    }

    @Test
    void takesNumbersThatAreNone(@TempDir Path folder) throws IOException {
        try (MetricSink sink = open(folder)) {
            assertThatCode(() -> {
                sink.record(metrics(1, "loss", Double.NaN));
                sink.record(metrics(2, "loss", Double.POSITIVE_INFINITY));
                sink.record(metrics(3));
            }).doesNotThrowAnyException();
        }
    }

    @Test
    void goesOnWhereAnEarlierRunStopped(@TempDir Path folder) throws IOException {
        try (MetricSink sink = open(folder)) {
            sink.record(metrics(1, "loss", 2));
        }
        try (MetricSink sink = open(folder)) {
            sink.record(metrics(2, "loss", 1));
        }
        Optional<List<Metrics>> written = read(folder);
        if (written.isPresent()) {
            assertThat(written.get()).containsExactly(metrics(1, "loss", 2), metrics(2, "loss", 1));
        }
    }

    @Test
    void canBeClosedWithoutANumber(@TempDir Path folder) {
        assertThatCode(() -> open(folder).close()).doesNotThrowAnyException();
    }

    private static Metrics metrics(long step, Object... namesAndValues) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put((String) namesAndValues[i], ((Number) namesAndValues[i + 1]).doubleValue());
        }
        return new Metrics(step, step / 10.0, values);
    }
}
