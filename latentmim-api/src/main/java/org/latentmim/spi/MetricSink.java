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

    /**
     * Forgets the numbers of later steps, which a run that was cut off left: it goes on from this step and records them again. Called
     * before the first record, if at all; does nothing by itself.
     *
     * @param step the last step whose numbers stay; 0 if none do
     * @throws IOException if they cannot be taken back; the message says where and why
     */
    default void forgetAfter(long step) throws IOException {}

    @Override
    void close() throws IOException;
}
