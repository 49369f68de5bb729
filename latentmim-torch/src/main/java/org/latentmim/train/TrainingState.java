package org.latentmim.train;

import java.util.List;

/**
 * What a training must remember beside its tensors to go on as if it had never stopped. It is kept in checkpoints as JSON.
 *
 * @param done optimizer steps done
 * @param recorded how often there were numbers to record
 * @param log what was not logged yet
 * @param evaluationDue whether the encoder must be judged before the next step
 * @param scores all scores so far
 * @param setbacks what went wrong so far; none if an older version kept it
 */
public record TrainingState(long done, long recorded, StepLog.Kept log, boolean evaluationDue, List<JudgedScore> scores,
        Setbacks setbacks) {

    public TrainingState {
        setbacks = setbacks == null ? Setbacks.NONE : setbacks;
    }

    /** Returns the state before the first step, with the scores of what is not trained. */
    public static TrainingState start(List<JudgedScore> scores) {
        return new TrainingState(0, 0, StepLog.Kept.NOTHING, false, scores, Setbacks.NONE);
    }

    /** Returns this state with another memory of what went wrong. */
    public TrainingState with(Setbacks setbacks) {
        return new TrainingState(done, recorded, log, evaluationDue, scores, setbacks);
    }
}
