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
     * Forgets all but the first records in the folder of the run: one that was cut off, or went back because numbers failed, goes
     * on from an earlier step, and records anew what followed. Does nothing by itself.
     *
     * @param records how many stay, from 0
     * @throws IOException if they cannot be taken back; the message says where and why
     */
    default void forgetAfter(long records) throws IOException {}

    @Override
    void close() throws IOException;
}
