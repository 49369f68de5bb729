package org.latentmim.ablation;

/** Shows an ablation to a person. Called by one thread at a time. Does nothing by itself. */
public interface AblationListener {

    /**
     * There is so much to do.
     *
     * @param runs in all
     * @param done that were finished before
     */
    default void planned(int runs, int done) {}

    /** A run begins, or goes on. */
    default void begins(RunPlace run) {}

    /** A run is finished, has failed or was stopped, and the table is as it is now. */
    default void ended(RunPlace run, RunResult result, Comparison comparison) {}
}
