package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.testing.GoldenFiles;

/** The learning rate against the published implementation, at fractional epochs. */
class LearningRateGoldenTest {

    record Row(List<String> head, List<String> cells) {

        double number(String column) {
            return Double.parseDouble(cells.get(head.indexOf(column)));
        }

        int whole(String column) {
            return (int) number(column);
        }

        /** We run on one device: the images of all devices are those of the batch. */
        TrainConfig config() {
            return new TrainConfig(whole("epochs"), whole("batch_size") * whole("world_size"), whole("accumulation"),
                    number("base_lr"), number("warmup_epochs"), OptionalDouble.empty(), number("min_lr_fraction"),
                    LearningRate.Shape.COSINE, 1, List.of(), 0.1, 0.05, OptionalDouble.empty(), List.of(0.9, 0.95),
                    OptionalDouble.empty(), false, new SetbackConfig(10, 3, 0.5));
        }
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (List<List<String>> table : GoldenFiles.tables("epochs", "warmup_epochs", "base_lr", "epoch", "learning_rate")) {
            table.subList(1, table.size()).forEach(cells -> rows.add(new Row(table.get(0), cells)));
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void risesAndFallsAsRecorded(Row row) {
        double recorded = row.number("learning_rate");
        assertThat(new LearningRate(row.config()).at(row.number("epoch"))).isCloseTo(recorded, within(1e-9 * recorded));
    }
}
