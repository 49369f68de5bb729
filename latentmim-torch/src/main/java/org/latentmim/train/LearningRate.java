package org.latentmim.train;

/**
 * The learning rate over the epochs: from the floor up to the peak in a straight line, then half a cosine down to the floor
 * again. Immutable.
 *
 * @param peak the highest rate
 * @param floor the rate at the start and at the end
 * @param warmupEpochs when the peak is reached
 * @param epochs when the floor is reached again
 */
public record LearningRate(double peak, double floor, double warmupEpochs, double epochs) {

    /** Returns the schedule of a training. */
    public static LearningRate of(TrainConfig config) {
        double peak = config.peakLearningRate();
        return new LearningRate(peak, peak * config.floor(), config.warmupEpochs(), config.epochs());
    }

    /** Returns the rate at a point of the run, in epochs with their fraction. */
    public double at(double epoch) {
        if (epoch < warmupEpochs) {
            return floor + (peak - floor) * epoch / warmupEpochs;
        }
        return floor + (peak - floor) * 0.5 * (1 + Math.cos(Math.PI * (epoch - warmupEpochs) / (epochs - warmupEpochs)));
    }
}
