package org.latentmim.train;

/**
 * The learning rate over the epochs: up to the peak in a straight line, then down as the schedule says. Immutable.
 *
 * @param config says how high, how long and in what shape
 */
public record LearningRate(TrainConfig config) {

    /** The way from the peak. */
    public enum Shape {
        /** Half a cosine down to the floor. */
        COSINE,
        /** A straight line down to the floor. */
        LINEAR,
        /** Stays at the peak. */
        CONSTANT,
        /** A sudden step down at each milestone. */
        STEPS
    }

    /** Returns the rate at a point of the run, in epochs with their fraction. */
    public double at(double epoch) {
        double peak = config.peakLearningRate();
        double warmup = config.warmupEpochs();
        if (epoch < warmup) {
            double start = peak * config.warmupFrom().orElse(config.floor());
            return start + (peak - start) * epoch / warmup;
        }
        double floor = peak * config.floor();
        double end = config.stretchedEpochs();
        return switch (config.schedule()) {
            case COSINE -> floor + (peak - floor) * 0.5 * (1 + Math.cos(Math.PI * (epoch - warmup) / (end - warmup)));
            case LINEAR -> floor + (peak - floor) * (end - epoch) / (end - warmup);
            case CONSTANT -> peak;
            case STEPS -> peak * Math.pow(config.decay(), config.milestones().stream().filter(at -> at <= epoch).count());
        };
    }
}
