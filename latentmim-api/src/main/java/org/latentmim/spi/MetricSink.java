package org.latentmim.spi;

import java.io.IOException;

/**
 * A place where the numbers of a run go. A constructor may ask for its configuration and, by {@link RunFolder}, for the run's
 * folder. Called from the training thread only.
 */
public interface MetricSink extends AutoCloseable {

    /**
     * Takes the numbers of one moment.
     *
     * @throws IOException if they cannot be written; the message says where and why
     */
    void record(Metrics metrics) throws IOException;

    @Override
    void close() throws IOException;
}
