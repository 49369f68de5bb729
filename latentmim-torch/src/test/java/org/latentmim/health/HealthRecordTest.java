package org.latentmim.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.latentmim.health.Verdict.HEALTHY;
import static org.latentmim.health.Verdict.NOT_MOVING;
import static org.latentmim.health.Verdict.TOO_EARLY_TO_SAY;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthRecordTest {

    @Test
    void keepsTheFirstLookThoseThatChangeTheVerdictAndTheLast() {
        HealthRecord record = record();
        assertThat(record.looks()).extracting(Diagnosis::step).containsExactly(1L, 4L, 6L, 7L);
        assertThat(record.looks()).extracting(Diagnosis::verdict).containsExactly(TOO_EARLY_TO_SAY, NOT_MOVING, HEALTHY, HEALTHY);
        assertThat(record.looks()).extracting(Diagnosis::since).containsExactly(1L, 4L, 6L, 6L);
        assertThat(record.begin()).hasValue(1.0);
    }

    @Test
    void goesOnFromAnEarlierStepAsIfItHadNotSeenTheLater() {
        HealthRecord again = record().until(6);
        assertThat(again.last().orElseThrow().step()).isEqualTo(6);
        assertThat(look(again, 7, HEALTHY)).isEqualTo(record());
        assertThat(record().until(0)).isEqualTo(HealthRecord.NONE);
        assertThat(HealthRecord.NONE.begin()).isEmpty();
    }

    private static HealthRecord record() {
        HealthRecord record = HealthRecord.NONE;
        Verdict[] verdicts = {TOO_EARLY_TO_SAY, TOO_EARLY_TO_SAY, TOO_EARLY_TO_SAY, NOT_MOVING, NOT_MOVING, HEALTHY, HEALTHY};
        for (int i = 0; i < verdicts.length; i++) {
            record = look(record, i + 1, verdicts[i]);
        }
        return record;
    }

    private static HealthRecord look(HealthRecord record, long step, Verdict verdict) {
        return record.with(step, verdict, new Vitals(
                new TokenSimilarity(0, 0, 0), new VarianceShares(0, 0), 0, 0, 0, step, Map.of(), Map.of(), 0));
    }
}
