package org.latentmim.train;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentmim.runtime.FailureException;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Metrics;

/** Hands the numbers of a run to all who want them, and counts how often it did. */
final class Recorder {

    private final List<MetricSink> sinks;
    private final Map<String, Double> ofStep = new LinkedHashMap<>();
    private long records;

    Recorder(List<MetricSink> sinks) {
        this.sinks = sinks;
    }

    /** Goes on after so many records, and lets those that followed be forgotten. */
    void restore(long records) {
        this.records = records;
        for (MetricSink sink : sinks) {
            try {
                sink.forgetAfter(records);
            } catch (IOException e) {
                throw new FailureException("The metrics of later steps cannot be taken back: " + e.getMessage(), e);
            }
        }
    }

    void beginStep() {
        ofStep.clear();
    }

    void record(Metrics metrics, RunListener listener) {
        for (MetricSink sink : sinks) {
            try {
                sink.record(metrics);
            } catch (IOException e) {
                throw new FailureException(
                        "cannot write the metrics of step " + metrics.step() + ": " + e.getMessage(), e);
            }
        }
        records++;
        ofStep.putAll(metrics.values());
        listener.logged(metrics);
    }

    long records() {
        return records;
    }

    /** Returns what was recorded of the last step, by name. */
    Map<String, Double> ofStep() {
        return Map.copyOf(ofStep);
    }
}
