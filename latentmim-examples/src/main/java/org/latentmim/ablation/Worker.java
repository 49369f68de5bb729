package org.latentmim.ablation;

import java.util.function.BooleanSupplier;

/** Trains one run of a suite, or goes on with it. Whatever becomes of it is written beside its folder. */
@FunctionalInterface
public interface Worker {

    /**
     * Returns when the run is finished, has failed, or was stopped and saved.
     *
     * @param stop asked now and then; the run saves and ends early once it is true
     */
    void train(RunPlace run, BooleanSupplier stop);
}
