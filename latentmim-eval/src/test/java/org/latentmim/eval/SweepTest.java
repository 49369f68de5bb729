package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.eval.Sweep.Setting;

class SweepTest {

    private static final int IMAGES = 240;
    private static final int WIDTH = 5;
    private static final int CLASSES = 3;
    private static final int[] ALL = IntStream.range(0, IMAGES).toArray();

    /** With decay d, c is 1 / (n * d). */
    @Test
    void comesToTheMinimumThatLogisticRegressionFinds() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Data data = new Data();
            List<Setting> settings = List.of(new Setting(0.1, 0.05), new Setting(0.02, 0.2));
            Sweep sweep = new Sweep(settings, CLASSES, WIDTH, 1, UnaryOperator.identity());
            learn(sweep, data, 0, 300, 300);
            for (int i = 0; i < settings.size(); i++) {
                Tensor features = data.scale.of(data.features).to(ScalarType.Double);
                LogisticRegression exact = new LogisticRegression(features, CLASSES);
                exact.fit(features, data.labels, 1 / (settings.get(i).decay() * IMAGES));
                Tensor found = sweep.heads().rowsOf(sweep.heads().weight(), AbstractTensor.create((long) i));
                assertThat(distance(found, exact.weight())).as(settings.get(i).toString()).isLessThan(0.01);
                assertThat(exact.weight().abs().max().item_double()).isGreaterThan(0.2);
            }
        }
    }

    @Test
    void trainsEachAsIfItWereAlone() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Data data = new Data();
            List<Setting> settings = List.of(new Setting(0.1, 0), new Setting(1, 1e-3), new Setting(0.003, 0.1));
            Sweep together = new Sweep(settings, CLASSES, WIDTH, 2, UnaryOperator.identity());
            learn(together, data, 0, 5, 5);
            for (int i = 0; i < settings.size(); i++) {
                Sweep alone = new Sweep(List.of(settings.get(i)), CLASSES, WIDTH, 2, UnaryOperator.identity());
                learn(alone, data, 0, 5, 5);
                assertThat(distance(together.heads().rowsOf(together.heads().weight(), AbstractTensor.create((long) i)),
                        alone.heads().weight())).isLessThan(1e-5);
            }
        }
    }

    @Test
    void goesOnWithThoseThatAreKeptAsBefore() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Data data = new Data();
            List<Setting> settings = List.of(new Setting(0.1, 0), new Setting(1, 1e-3), new Setting(0.003, 0.1));
            Sweep whole = new Sweep(settings, CLASSES, WIDTH, 2, UnaryOperator.identity());
            Sweep halved = new Sweep(settings, CLASSES, WIDTH, 2, UnaryOperator.identity());
            learn(whole, data, 0, 4, 4);
            learn(halved, data, 0, 2, 4);
            halved.keep(List.of(2, 0));
            learn(halved, data, 2, 4, 4);
            assertThat(halved.settings()).containsExactly(settings.get(2), settings.get(0));
            Tensor kept = AbstractTensor.create(2L, 0L);
            assertThat(distance(halved.heads().weight(), whole.heads().rowsOf(whole.heads().weight(), kept))).isLessThan(1e-5);
            assertThat(distance(halved.heads().bias(), whole.heads().rowsOf(whole.heads().bias(), kept))).isLessThan(1e-5);
        }
    }

    private static void learn(Sweep sweep, Data data, int from, int to, int epochs) {
        for (int epoch = from; epoch < to; epoch++) {
            sweep.learn(data.features, data.labels, data.scale, ALL, 30, epoch, epochs);
        }
    }

    private static double distance(Tensor a, Tensor b) {
        return a.sub(b).abs().max().item_double();
    }

    /** Random numbers of another scale in each column; the class is the largest of the first three, mostly. */
    private static final class Data {

        private final Tensor features;
        private final Tensor labels;
        private final Standardization scale;

        Data() {
            Random random = new Random(3);
            float[] values = new float[IMAGES * WIDTH];
            long[] classes = new long[IMAGES];
            for (int i = 0; i < IMAGES; i++) {
                for (int d = 0; d < WIDTH; d++) {
                    values[i * WIDTH + d] = 3 + (d + 1) * (float) random.nextGaussian();
                }
                classes[i] = random.nextInt(10) == 0 ? random.nextInt(CLASSES) : values[i * WIDTH + 4] > 6 ? 0
                        : values[i * WIDTH + 1] > 3 ? 1 : 2;
            }
            features = AbstractTensor.create(values, IMAGES, WIDTH);
            labels = AbstractTensor.create(classes);
            scale = Standardization.of(features, Indices.of(ALL));
        }
    }
}
