package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.spi.ImageData;
import org.latentmim.testing.GoldenFiles;
import org.latentmim.testing.Recording;

class ColorJitterTest {

    private static final int[] EVERY_LEVEL = IntStream.range(0, 256).toArray();

    @ParameterizedTest
    @ValueSource(doubles = {0.6, 0.85, 1, 1.25, 1.4})
    void brightnessMultiplies(double factor) {
        assertChanged(new ColorJitter(0.4, 0, 0), factor, level -> factor * level);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.6, 0.85, 1, 1.25, 1.4})
    void contrastGoesFromTheMeanOrToIt(double factor) {
        assertChanged(new ColorJitter(0, 0.4, 0), factor, level -> factor * level + (1 - factor) * 127.5);
    }

    /** The mean level of a red and a green pixel is 0.5 x 0.299 x 255 + 0.5 x 0.587 x 255, in whole levels (76 + 150) / 2. */
    @Test
    void contrastOfColoursGoesFromTheirMeanBrightness() {
        int[] pixels = {255, 0, 0, 0, 255, 0};
        assertThat(changed(new ColorJitter(0, 1, 0), 0, 3, pixels)).containsOnly(113);
        assertThat(changed(new ColorJitter(0, 1, 0), 0.4, 3, pixels)).containsExactly(227, 23, 23, 23, 227, 23);
    }

    @Test
    void saturationGoesFromGreyOrToIt() {
        int[] pixels = {200, 100, 50, 90, 90, 90};
        int grey = (int) Math.rint(0.299 * 200 + 0.587 * 100 + 0.114 * 50);
        assertThat(changed(new ColorJitter(0, 0, 1), 0, 3, pixels)).containsExactly(grey, grey, grey, 90, 90, 90);
        assertThat(changed(new ColorJitter(0, 0, 1), 0.25, 3, pixels)).containsExactly(
                (200 + grey) / 2, (100 + grey) / 2, (50 + grey) / 2, 90, 90, 90);
        assertThat(changed(new ColorJitter(0, 0, 1), 0.75, 3, pixels)).containsExactly(
                200 + (200 - grey) / 2, 100 + (100 - grey) / 2, 50 + (50 - grey) / 2, 90, 90, 90);
        assertThat(changed(new ColorJitter(0, 0, 1), 0.75, 3, 250, 0, 42)).as("of grey 80").containsExactly(255, 0, 23);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7, 600})
    void otherImagesThanOfThreeChannelsHaveNoSaturation(int channels) {
        int[] pixels = new SplittableRandom(2).ints(4L * channels, 0, 256).toArray();
        assertThat(changed(new ColorJitter(0, 0, 1), 0, channels, pixels)).isEqualTo(pixels);
        assertThat(changed(new ColorJitter(0.5, 0, 0.5), 0, channels, pixels))
                .isEqualTo(Arrays.stream(pixels).map(level -> (int) Math.rint(level / 2.0)).toArray());
        int mean = (int) Math.rint(Arrays.stream(pixels).average().orElseThrow());
        assertThat(changed(new ColorJitter(0, 1, 0), 0, channels, pixels)).containsOnly(mean);
    }

    @Test
    void drawsFactorsUniformlyAndNoneBelowZero() {
        double[] factors = IntStream.range(0, 4000)
                .mapToDouble(seed -> drawn(new ColorJitter(0.4, 0, 0), new SplittableRandom(seed), 1, 100)[0] / 100.0)
                .toArray();
        assertThat(Arrays.stream(factors).allMatch(factor -> factor >= 0.6 && factor <= 1.4)).isTrue();
        assertThat(Arrays.stream(factors).average().orElseThrow()).isCloseTo(1, within(0.02));
        assertThat(Arrays.stream(factors).filter(factor -> factor < 0.8).count() / 4000.0).isCloseTo(0.25, within(0.03));

        int[] darkest = IntStream.range(0, 4000)
                .map(seed -> drawn(new ColorJitter(3, 0, 0), new SplittableRandom(seed), 1, 100)[0])
                .toArray();
        assertThat(Arrays.stream(darkest).filter(level -> level < 100).count() / 4000.0).as("factors from 0 to 4")
                .isCloseTo(0.25, within(0.03));
    }

    /** Twice as bright and then half of the contrast, or half of the contrast first: white is cut off at another time. */
    @Test
    void comesInAnyOrder() {
        int[] pixels = {100, 200};
        ColorJitter jitter = new ColorJitter(1, 1, 0);
        double[] factors = {1, 0.25, 0.5};                                    // 2 for brightness, 0.5 for contrast
        int brightnessFirst = 0;
        for (int seed = 0; seed < 1000; seed++) {
            int[] changed = drawn(jitter, new Drawn(factors, new SplittableRandom(seed)), 1, pixels);
            boolean first = Arrays.equals(changed, new int[] {214, 241});     // 200, 255 and then their mean 227.5
            assertThat(first || Arrays.equals(changed, new int[] {250, 255})).as(Arrays.toString(changed)).isTrue();
            brightnessFirst += first ? 1 : 0;
        }
        assertThat(brightnessFirst / 1000.0).isCloseTo(0.5, within(0.05));
    }

    /**
     * What OpenCV does to a photograph, against the definition in doubles. Each result and each grey is rounded by up to half a
     * level, and later factors stretch that.
     */
    @Test
    void changesPhotographsAsDefined() throws IOException {
        Recording recording = GoldenFiles.recordings("of image transforms", any -> any.names().contains("jpeg.0")).get(0);
        double brighter = 0.84;
        double starker = 1.32;
        double richer = 1.24;
        double[] shares = {0.3, 0.9, 0.8};
        try (PointerScope scope = new PointerScope()) {
            NativeImage photograph =
                    new ImageDecoder(3).decode(new ImageData.Encoded(recording.bytes("jpeg.0")), "jpeg.0").resize(96, 128);
            byte[] before = bytes(photograph, 3);
            byte[] after = bytes(
                    new ColorJitter(0.4, 0.4, 0.4).of(photograph, new Drawn(shares, new SplittableRandom(0), 0)), 3);

            double[] levels = IntStream.range(0, before.length).mapToDouble(i -> before[i] & 0xff).toArray();
            change(levels, level -> brighter * level);
            double mean = Arrays.stream(grey(levels)).average().orElseThrow();
            change(levels, level -> starker * level + (1 - starker) * mean);
            double[] grey = grey(levels);
            double worst = 0;
            double changed = 0;
            for (int i = 0; i < after.length; i++) {
                double level = Math.max(0, Math.min(255, richer * levels[i] + (1 - richer) * grey[i / 3]));
                worst = Math.max(worst, Math.abs(level - (after[i] & 0xff)));
                changed = Math.max(changed, Math.abs((before[i] & 0xff) - (after[i] & 0xff)));
            }
            assertThat(worst).isLessThan(2.3);
            assertThat(changed).isGreaterThan(20);
        }
    }

    @Test
    void leavesTheImageThatItWasGivenAlone() {
        try (PointerScope scope = new PointerScope()) {
            NativeImage image = image(1, 10, 20, 30);
            new ColorJitter(0.4, 0.4, 0.4).of(image, new SplittableRandom(1));
            assertThat(bytes(image, 1)).containsExactly(10, 20, 30);
        }
    }

    @Test
    void noStrengthIsNegative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ColorJitter(-0.1, 0, 0))
                .withMessage("brightness must be at least 0, but is -0.1");
        assertThatIllegalArgumentException().isThrownBy(() -> new ColorJitter(0, Double.NaN, 0))
                .withMessage("contrast must be at least 0, but is NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> new ColorJitter(0, 0, -1))
                .withMessage("saturation must be at least 0, but is -1.0");
    }

    /** Every level becomes the whole one nearest to what it should be, from 0 to 255. */
    private static void assertChanged(ColorJitter jitter, double factor, DoubleUnaryOperator change) {
        double[] expected = Arrays.stream(EVERY_LEVEL).asDoubleStream().toArray();
        change(expected, change);
        int[] changed = changed(jitter, (factor - 0.6) / 0.8, 1, EVERY_LEVEL);
        for (int level : EVERY_LEVEL) {
            assertThat((double) changed[level]).isCloseTo(expected[level], within(0.5001));
        }
    }

    private static void change(double[] levels, DoubleUnaryOperator change) {
        Arrays.setAll(levels, i -> Math.max(0, Math.min(255, change.applyAsDouble(levels[i]))));
    }

    private static double[] grey(double[] colours) {
        return IntStream.range(0, colours.length / 3)
                .mapToDouble(i -> 0.299 * colours[3 * i] + 0.587 * colours[3 * i + 1] + 0.114 * colours[3 * i + 2])
                .toArray();
    }

    private static int[] changed(ColorJitter jitter, double share, int channels, int... pixels) {
        return drawn(jitter, new Drawn(new double[] {share, share, share}, new SplittableRandom(0)), channels, pixels);
    }

    private static int[] drawn(ColorJitter jitter, RandomGenerator random, int channels, int... pixels) {
        try (PointerScope scope = new PointerScope()) {
            byte[] changed = bytes(jitter.of(image(channels, pixels), random), channels);
            return IntStream.range(0, changed.length).map(i -> changed[i] & 0xff).toArray();
        }
    }

    private static NativeImage image(int channels, int... pixels) {
        byte[] bytes = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            bytes[i] = (byte) pixels[i];
        }
        try {
            return new ImageDecoder(channels).decode(
                    new ImageData.Pixels(1, pixels.length / channels, channels, bytes), "pixels");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(NativeImage image, int channels) {
        byte[] bytes = new byte[image.height() * image.width() * channels];
        image.copyTo(bytes, 0);
        return bytes;
    }

    /** Draws the factors given, for brightness, contrast and saturation, and the order by chance or always the same. */
    private static final class Drawn implements RandomGenerator {

        private final double[] factors;
        private final RandomGenerator order;
        private final List<Integer> fixed;
        private int next;

        Drawn(double[] factors, RandomGenerator order, Integer... fixed) {
            this.factors = factors;
            this.order = order;
            this.fixed = List.of(fixed);
        }

        @Override
        public double nextDouble() {
            return factors[next++];
        }

        @Override
        public int nextInt(int bound) {
            return fixed.isEmpty() ? order.nextInt(bound) : fixed.get(0);
        }

        @Override
        public long nextLong() {
            throw new AssertionError("neither a factor nor a place in the order");
        }
    }
}
