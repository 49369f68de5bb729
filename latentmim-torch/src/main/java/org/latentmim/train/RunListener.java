package org.latentmim.train;

import java.util.List;
import org.latentmim.spi.Metrics;

/** Shows a run to a person. Called on the training thread: whatever it does, the step waits for it. Does nothing by itself. */
public interface RunListener {

    /** The run begins. */
    default void started(RunPlan plan) {}

    /** So many steps are done. */
    default void stepped(long steps) {}

    /** There are numbers to show. */
    default void logged(Metrics metrics) {}

    /** Something happened that a person should know of, and the run goes on. */
    default void noted(String sentence) {}

    /** A representation was judged. */
    default void evaluated(List<JudgedScore> scores) {}
}
