package org.latentmim.data;

import java.util.List;

/**
 * Mean and deviation of each channel, for pixels between 0 and 1.
 *
 * @param mean one number a channel
 * @param deviation one number a channel, more than 0
 */
public record Normalization(List<Double> mean, List<Double> deviation) {

    public Normalization {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.isEmpty() || mean.size() != deviation.size()) {
            throw new IllegalArgumentException("mean and deviation must have one number for each channel, but have " + mean.size()
                    + " and " + deviation.size());
        }
        if (deviation.stream().anyMatch(value -> !(value > 0))) {
            throw new IllegalArgumentException("every deviation must be more than 0, but they are " + deviation);
        }
    }

    /** Returns the number of channels. */
    public int channels() {
        return mean.size();
    }
}
