package org.latentmim.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.runtime.FailureException;
import org.latentmim.train.JudgedScore;

/** All that was ever measured of a run, in its {@code scores.json}: what is measured again takes the place of what was. */
public final class ScoreFile {

    /** The file in the folder of a run. */
    public static final String NAME = "scores.json";

    private ScoreFile() {}

    /**
     * Adds scores to those of a run.
     *
     * @throws FailureException if the file cannot be read or written; then it is as it was
     */
    public static void add(RunDirectory run, List<JudgedScore> scores) {
        List<JudgedScore> all = new ArrayList<>(read(run));
        for (JudgedScore score : scores) {
            all.stream().filter(score::isSameMeasure).findFirst()
                    .ifPresentOrElse(before -> all.set(all.indexOf(before), score), () -> all.add(score));
        }
        run.writeJson(NAME, all);
    }

    /**
     * Reads the scores of a run.
     *
     * @return none if nothing was measured
     * @throws FailureException if the file cannot be read
     */
    public static List<JudgedScore> read(RunDirectory run) {
        return run.readJson(NAME, JudgedScore[].class).map(List::of).orElse(List.of());
    }
}
