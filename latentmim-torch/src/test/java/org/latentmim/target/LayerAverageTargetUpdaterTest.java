package org.latentmim.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.runtime.UsageException;

class LayerAverageTargetUpdaterTest {

    private static final int WIDTH = 16;
    private static final int PATCHES = 12;

    /** data2vec recomputed number by number: 3 blocks of which the last 2 count, all 12 patches seen, the last 6 masked. */
    @ParameterizedTest
    @ValueSource(strings = {
        "layer, normalize: false", "layer, normalize: true", "instance, normalize: false", "instance, normalize: true"})
    void isTheMeanOfTheLastBlocks(String norm) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            TinyTarget tiny = TinyTarget.of("{name: layer-average, layers: 2, norm: " + norm + "}", "encoder.depth=3");
            TinyTarget.shake(tiny.encoder());
            List<Tensor> blocks = tiny.encoder().blocks(tiny.patches().all(), 2);
            double[][] mean = new double[PATCHES][WIDTH];
            for (Tensor block : blocks) {
                double[][] tokens = patches(block);
                if (norm.startsWith("layer")) {
                    normalize(tokens);
                } else {
                    tokens = transposed(tokens);
                    normalize(tokens);
                    tokens = transposed(tokens);
                }
                for (int i = 0; i < PATCHES; i++) {
                    for (int j = 0; j < WIDTH; j++) {
                        mean[i][j] += tokens[i][j] / 2;
                    }
                }
            }
            if (norm.endsWith("true")) {
                normalize(mean);
            }
            Tensor targets = tiny.targets();
            for (int i = 0; i < 6; i++) {
                for (int j = 0; j < WIDTH; j++) {
                    assertThat(targets.select(0, 0).select(0, i).select(0, j).item_double())
                            .isCloseTo(mean[PATCHES - 6 + i][j], within(1e-4));
                }
            }
        }
    }

    @Test
    void followsTheOnlineEncoder() {
        try (PointerScope scope = new PointerScope()) {
            TinyTarget tiny = TinyTarget.of("{name: layer-average, layers: 2, from: 0, to: 0}");
            assertThat(tiny.encoder()).isNotSameAs(tiny.online());
            TinyTarget.shake(tiny.online());
            tiny.updater().update(TinyTarget.START);
            tiny.online().parameters().all().forEach((name, weight) ->
                    assertThat(TinyTarget.distance(tiny.encoder().parameters().all().get(name), weight)).as(name).isZero());
        }
    }

    @Test
    void asksForNoMoreBlocksThanThereAre() {
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> TinyTarget.of("{name: layer-average}"))
                .withMessageEndingWith("  target: layers is 6, but an encoder of 2 blocks has no last 6");
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> TinyTarget.of("{name: layer-average, layers: 0}"))
                .withMessageContaining("layers must be at least 1, but is 0");
        assertThatExceptionOfType(UsageException.class)
                .isThrownBy(() -> TinyTarget.of("{name: layer-average, from: 0.9, half-life: 10}"))
                .withMessageContaining("half-life takes the place of from and to: give it, or them");
    }

    /** Of the first image, without the class token. */
    private static double[][] patches(Tensor block) {
        double[][] tokens = new double[PATCHES][WIDTH];
        for (int i = 0; i < PATCHES; i++) {
            for (int j = 0; j < WIDTH; j++) {
                tokens[i][j] = block.select(0, 0).select(0, i + 1).select(0, j).item_double();
            }
        }
        return tokens;
    }

    private static void normalize(double[][] rows) {
        for (double[] row : rows) {
            double sum = 0;
            double squares = 0;
            for (double value : row) {
                sum += value;
                squares += value * value;
            }
            double mean = sum / row.length;
            double deviation = Math.sqrt(squares / row.length - mean * mean + 1e-5);
            for (int i = 0; i < row.length; i++) {
                row[i] = (row[i] - mean) / deviation;
            }
        }
    }

    private static double[][] transposed(double[][] rows) {
        double[][] columns = new double[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[i].length; j++) {
                columns[j][i] = rows[i][j];
            }
        }
        return columns;
    }
}
