package org.latentmim.train;

import java.util.List;
import org.latentmim.spi.Metrics;

/** Shows a run to a person. Called on the training thread: whatever it does, the step waits for it. */
public interface RunListener {

    /** The run begins. */
    void started(RunPlan plan);

    /** So many steps are done. */
    void stepped(long steps);

    /** There are numbers to show. */
    void logged(Metrics metrics);

    /** A representation was judged. */
    void evaluated(List<JudgedScore> scores);
}
