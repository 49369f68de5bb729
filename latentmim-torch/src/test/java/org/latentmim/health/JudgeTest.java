package org.latentmim.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.latentmim.health.Vitals.Term;
import org.latentmim.spi.LossBars;

class JudgeTest {

    private static final Judge JUDGE = new Judge(1e-3, 1000);
    private static final HealthRecord BEGIN = seen(Verdict.TOO_EARLY_TO_SAY);

    private double across = 0.2;
    private double place = 0.4;
    private double image = 0.1;
    private double loss = 1.5;
    private double update = 10;
    private double rate = 1e-3;
    private Optional<LossBars> bars = Optional.of(new LossBars(2, 0.5));

    @Test
    void aRunThatTellsPatchesAndImagesApartIsHealthy() {
        assertThat(verdict(500)).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void judgesNothingButDivergenceInTheFirstTenthOrThousandSteps() {
        across = 0.99;
        assertThat(verdict(99)).isEqualTo(Verdict.TOO_EARLY_TO_SAY);
        assertThat(verdict(100)).isEqualTo(Verdict.COLLAPSING_ACROSS_IMAGES);
        assertThat(new Judge(1e-3, 1_000_000).of(vitals(), 999, BEGIN)).isEqualTo(Verdict.TOO_EARLY_TO_SAY);
        assertThat(new Judge(1e-3, 1_000_000).of(vitals(), 1000, BEGIN)).isEqualTo(Verdict.COLLAPSING_ACROSS_IMAGES);
        assertThat(new Judge(1e-3, 30).of(vitals(), 19, BEGIN)).isEqualTo(Verdict.TOO_EARLY_TO_SAY);
        assertThat(new Judge(1e-3, 30).of(vitals(), 20, BEGIN)).isEqualTo(Verdict.COLLAPSING_ACROSS_IMAGES);
        loss = Double.NaN;
        assertThat(verdict(1)).isEqualTo(Verdict.DIVERGING);
    }

    @Test
    void oneVectorForAnImageIsACollapseWithinIt() {
        image = 0.71;
        assertThat(verdict(500)).isEqualTo(Verdict.COLLAPSING_WITHIN_IMAGES);
    }

    @Test
    void tokensThatTellOnlyTheirPlaceAreACodeOfIt() {
        place = 0.71;
        assertThat(verdict(500)).isEqualTo(Verdict.POSITION_CODE);
    }

    @Test
    void aGuessDoesNotMove() {
        loss = 1.98;
        assertThat(verdict(500)).isEqualTo(Verdict.NOT_MOVING);
        bars = Optional.empty(); // then nobody knows what a guess is worth
        assertThat(verdict(500)).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void stepsThatLeadNowhereDoNotMove() {
        update = 0.009;
        assertThat(verdict(500)).isEqualTo(Verdict.NOT_MOVING);
        update = 0.011;
        assertThat(verdict(500)).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void theEndOfAScheduleIsNoStandstill() {
        rate = 0;
        assertThat(verdict(1000)).isEqualTo(Verdict.HEALTHY);
    }

    @Test
    void aStepThatReplacesTheWeightsDiverges() {
        update = 101;
        assertThat(verdict(5)).isEqualTo(Verdict.DIVERGING);
    }

    @Test
    void aLargeStepDivergesWhereItDoesNotLearn() {
        update = 11;
        assertThat(verdict(500)).isEqualTo(Verdict.HEALTHY);
        loss = 1.98;
        assertThat(verdict(99)).isEqualTo(Verdict.TOO_EARLY_TO_SAY);
        assertThat(verdict(500)).isEqualTo(Verdict.DIVERGING);
    }

    @Test
    void aLossFarAboveItsBeginDiverges() {
        loss = 201;
        assertThat(verdict(500)).isEqualTo(Verdict.DIVERGING);
        assertThat(JUDGE.of(vitals(), 500, HealthRecord.NONE)).isEqualTo(Verdict.NOT_MOVING);
    }

    @Test
    void whatDivergedStaysSoUntilItIsWell() {
        HealthRecord diverged = seen(Verdict.DIVERGING);
        assertThat(JUDGE.of(vitals(), 500, diverged)).isEqualTo(Verdict.HEALTHY);
        across = 0.96;
        assertThat(JUDGE.of(vitals(), 500, diverged)).isEqualTo(Verdict.DIVERGING);
        assertThat(verdict(500)).isEqualTo(Verdict.COLLAPSING_ACROSS_IMAGES);
    }

    private static HealthRecord seen(Verdict verdict) {
        return new HealthRecord(List.of(new Diagnosis(1, verdict, 1, "", Map.of("loss", 2.0))));
    }

    private Verdict verdict(long step) {
        return JUDGE.of(vitals(), step, BEGIN);
    }

    private Vitals vitals() {
        return new Vitals(new TokenSimilarity(0.3, across, 0.5), new VarianceShares(place, image), 0.9, 20, 0.6, loss,
                Map.of("patch-discrimination", new Term(loss, bars)), Map.of("encoder", new StepNorms(1, update)), rate);
    }
}
