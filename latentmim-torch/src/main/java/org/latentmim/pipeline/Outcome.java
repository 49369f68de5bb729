package org.latentmim.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.latentmim.data.Unreadable;
import org.latentmim.health.Diagnosis;
import org.latentmim.train.JudgedScore;

/**
 * What came of a run.
 *
 * @param steps optimizer steps done
 * @param finished false if the run was stopped before its end
 * @param checkpoint where the weights are
 * @param scores all that was measured, baselines first
 * @param health what the last look at it came to, if there was one
 * @param unreadable images that could not be read
 */
public record Outcome(long steps, boolean finished, Path checkpoint, List<JudgedScore> scores, Optional<Diagnosis> health,
        List<Unreadable> unreadable) {}
