package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Score;

/** What every {@link Evaluator} that classifies images promises; its scores are in %. */
public abstract class EvaluatorContract {

    /** Builds the evaluator to test. */
    protected abstract Evaluator evaluator();

    @Test
    void scoresFeaturesThatTellTheClassWithOneHundred() throws IOException {
        List<Score> scores = evaluate(new LabelledNumbers(1, true), new LabelledNumbers(2, true));
        assertThat(scores).isNotEmpty().allSatisfy(score -> {
            assertThat(score.unit()).isEqualTo("%");
            assertThat(score.value()).as(score.name()).isCloseTo(100, within(1e-9));
            assertThat(score.images()).isPositive();
            assertThat(score.protocol()).contains("features of the test");
        });
        assertThat(scores.stream().map(Score::name)).doesNotHaveDuplicates();
    }

    @Test
    void scoresFeaturesThatTellNothingNearChance() throws IOException {
        assertThat(evaluate(new LabelledNumbers(3, false), new LabelledNumbers(4, false))).isNotEmpty().allSatisfy(score ->
                assertThat(score.value()).as(score.name()).isCloseTo(100.0 / LabelledNumbers.CLASSES, within(10.0)));
    }

    @Test
    void scoresTheSameTwice() throws IOException {
        assertThat(evaluate(new LabelledNumbers(5, false), new LabelledNumbers(6, false)))
                .isEqualTo(evaluate(new LabelledNumbers(5, false), new LabelledNumbers(6, false)));
    }

    @Test
    void refusesImagesWithoutLabels() {
        ImageSet unlabelled = new LabelledNumbers(7, true) {
            @Override
            public int label(int index) {
                return NO_LABEL;
            }
        };
        assertThatIllegalArgumentException().isThrownBy(() -> evaluate(new LabelledNumbers(8, true), unlabelled));
        assertThatIllegalArgumentException().isThrownBy(() -> evaluate(unlabelled, new LabelledNumbers(8, true)));
    }

    @Test
    void leavesNothingBehind() throws IOException {
        Evaluator evaluator = evaluator();
        EvaluationTask task = task(new LabelledNumbers(9, true), new LabelledNumbers(10, true));
        evaluator.evaluate(task);
        long before = Pointer.totalCount();
        for (int i = 0; i < 5; i++) {
            evaluator.evaluate(task);
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    private List<Score> evaluate(ImageSet train, ImageSet test) throws IOException {
        return evaluator().evaluate(task(train, test));
    }

    private static EvaluationTask task(ImageSet train, ImageSet test) {
        return new EvaluationTask(new LabelledNumbers.Features(), Optional.of(train), test);
    }
}
