package org.latentmim.train;

import org.latentmim.spi.Schedule;

/** The decay of weights over the epochs: constant, or half a cosine from one value to another. Immutable. */
record WeightDecay(TrainConfig config) {

    /** Returns the decay at a point of the run, in epochs with their fraction. */
    double at(double epoch) {
        double from = config.weightDecay();
        return Schedule.cosine(from, config.weightDecayTo().orElse(from)).at(epoch / config.stretchedEpochs());
    }
}
