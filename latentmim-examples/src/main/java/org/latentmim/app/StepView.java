package org.latentmim.app;

import org.latentmim.spi.Metrics;

/** Shows how far a training is. */
interface StepView extends AutoCloseable {

    /** Shows nothing. */
    StepView NONE = new StepView() {
        @Override
        public void stepped(long done) {}

        @Override
        public void logged(Metrics metrics) {}

        @Override
        public void close() {}
    };

    void stepped(long done);

    void logged(Metrics metrics);

    @Override
    void close();
}
