package org.latentmim.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.testing.GoldenFiles;

/** The schedules of target momentum and similarity against the published implementation, at fractional epochs. */
class SchedulesGoldenTest {

    record Row(List<String> head, List<String> cells) {

        double number(String column) {
            return Double.parseDouble(cells.get(head.indexOf(column)));
        }

        Progress progress() {
            return new Progress(0, 1, number("epoch"), number("epochs"), 1);
        }
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (List<List<String>> table : GoldenFiles.tables("epoch", "epochs", "target_momentum", "momentum", "sim_target")) {
            table.subList(1, table.size()).forEach(cells -> rows.add(new Row(table.get(0), cells)));
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theMomentumRisesToOneAsRecorded(Row row) {
        assertThat(Schedule.cosine(row.number("target_momentum"), 1).at(row.progress()))
                .isCloseTo(row.number("momentum"), within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theSimilarityWantedFallsAsRecorded(Row row) {
        assertThat(Schedule.cosine(row.number("sim_init"), row.number("sim_end")).at(row.progress()))
                .isCloseTo(row.number("sim_target"), within(1e-12));
    }
}
