package org.latentmim.train;

import java.nio.file.Path;
import java.util.Optional;
import org.latentmim.runtime.Cause;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;

/** Says in a sentence at what step and in which phase of it a training broke, what may help, and what is left. */
final class StepFailure {

    private StepFailure() {}

    /** Returns what is to be thrown: what was thrown, if that is a sentence for a person already. */
    static RuntimeException of(Throwable thrown, long step, StepLog log, int batch, Optional<Path> checkpoint) {
        String left = checkpoint.map(path -> "the last checkpoint is " + path).orElse("there is no checkpoint yet");
        if (Cause.isOutOfMemory(thrown)) {
            String smaller = "a smaller train.batch than " + batch;
            String help = switch (log.phase()) {
                case LOADING -> "fewer runtime.workers, or " + smaller + ",";
                case EXAMINATION -> "fewer health.images";
                default -> smaller + " (with more train.accumulation)";
            };
            return new FailureException("There was not enough memory at step " + step + ", while " + log.place() + ": " + help
                    + " may do; " + left + ".", thrown);
        }
        if (thrown instanceof FailureException || thrown instanceof UsageException) {
            return (RuntimeException) thrown;
        }
        return new FailureException("Step " + step + " failed while " + log.place() + ": " + Cause.firstLine(thrown) + "; "
                + left + ".", thrown);
    }
}
