package org.latentmim.train;

import java.util.Map;

/** Looks at a training between two steps, and changes nothing of it. */
@FunctionalInterface
public interface Examination {

    /** Looks at nothing. */
    Examination NONE = (done, step, optimization) -> Map.of();

    /**
     * Called after every step.
     *
     * @param done steps done
     * @param step what was done
     * @param optimization that of the step
     * @return numbers to record, by name; none if none are due
     */
    Map<String, Double> after(long done, TrainStep step, Optimization optimization);

    /** Forgets what it saw later: the training goes on from here. Does nothing by itself. */
    default void forgetAfter(long done) {}
}
