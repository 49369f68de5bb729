package org.latentmim.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.latentmim.masking.AttentionMaskSampler.Hide.HIGH;
import static org.latentmim.masking.AttentionMaskSampler.Hide.LOW;
import static org.latentmim.masking.ContentMaskSampler.Hide.BUSY;
import static org.latentmim.masking.ContentMaskSampler.Hide.FLAT;
import static org.latentmim.masking.ContentMaskSampler.Measure.ENERGY;
import static org.latentmim.masking.ContentMaskSampler.Measure.VARIANCE;

import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchPixels;
import org.latentmim.spi.MaskSampler;
import org.latentmim.testing.TestMaskContext;

/** Samplers that look at the image, or at what the target looks at. */
class WeightedSamplersTest {

    private static final int DRAWS = 20_000;
    private static final PatchGrid THREE = new PatchGrid(1, 3, 1, 0, 1);
    private static final PatchGrid GRID = new PatchGrid(6, 6, 4, 0, 1);

    @Test
    void hidesInProportionToAPowerOfTheAttention() {
        for (double strength : new double[] {0, 0.5, 1, 2}) {
            for (AttentionMaskSampler.Hide hide : AttentionMaskSampler.Hide.values()) {
                double power = hide == HIGH ? strength : -strength;
                double[] weights = {weight(0.1 * 3, power), weight(0.3 * 3, power), weight(0.6 * 3, power)};
                double sum = weights[0] + weights[1] + weights[2];
                double[] hidden = hidden(
                        Samplers.attention(2, hide, strength, THREE), TestMaskContext.of(THREE, 0).attending(0.1f, 0.3f, 0.6f));
                for (int id = 0; id < 3; id++) {
                    // Five standard deviations are at most 0.018.
                    assertThat(hidden[id]).as("patch %d, %s, strength %s", id, hide, strength)
                            .isCloseTo(weights[id] / sum, within(0.018));
                }
            }
        }
    }

    @Test
    void drawsTheSecondPatchAmongThoseThatAreLeft() {
        double[] hidden = hidden(
                Samplers.attention(1, HIGH, 1, THREE), TestMaskContext.of(THREE, 0).attending(0.1f, 0.3f, 0.6f));
        double a = weight(0.3, 1);
        double b = weight(0.9, 1);
        double c = weight(1.8, 1);
        double sum = a + b + c;
        double last = b / sum * c / (sum - b) + c / sum * b / (sum - c);
        assertThat(hidden[0]).as("not drawn last").isCloseTo(1 - last, within(0.018));
    }

    @Test
    void isBlindWhereAllScoresAreNought() {
        for (double share : hidden(Samplers.attention(2, HIGH, 1, THREE), TestMaskContext.of(THREE, 0).attending(0, 0, 0))) {
            assertThat(share).isCloseTo(1 / 3.0, within(0.018));
        }
    }

    @Test
    void canBeLedAlmostToACut() {
        double[] hidden = hidden(
                Samplers.attention(1, LOW, 20, THREE), TestMaskContext.of(THREE, 0).attending(0.1f, 0.3f, 0.6f));
        assertThat(hidden[0]).isGreaterThan(0.999);
        assertThat(hidden[1]).isGreaterThan(0.999);
        assertThat(hidden[2]).isLessThan(0.001);
    }

    @Test
    void hidesBusyOrFlatPatchesMoreOften() {
        // The left half is noise; the right half is a slope from dark to light, which has variance but hardly any edges.
        byte[] pixels = new byte[24 * 24];
        Random noise = new Random(1);
        for (int i = 0; i < pixels.length; i++) {
            int column = i % 24;
            pixels[i] = (byte) (column < 12 ? noise.nextInt(256) : 10 * column);
        }
        TestMaskContext image = TestMaskContext.of(GRID, 0).with(new PatchPixels(GRID, pixels, 0, new int[72], 0));
        double busy = shareInTheLeftHalf(Samplers.content(18, BUSY, VARIANCE, 1, GRID), image);
        double strong = shareInTheLeftHalf(Samplers.content(18, BUSY, VARIANCE, 3, GRID), image);
        double flat = shareInTheLeftHalf(Samplers.content(18, FLAT, VARIANCE, 1, GRID), image);
        double blind = shareInTheLeftHalf(Samplers.content(18, BUSY, VARIANCE, 0, GRID), image);
        double edges = shareInTheLeftHalf(Samplers.content(18, BUSY, ENERGY, 0.5, GRID), image);
        double lessVariance = shareInTheLeftHalf(Samplers.content(18, BUSY, VARIANCE, 0.5, GRID), image);
        assertThat(blind).isCloseTo(0.5, within(0.01));
        assertThat(busy).isBetween(0.85, 0.98);
        assertThat(strong).isGreaterThan(0.98);
        assertThat(flat).isLessThan(0.15);
        assertThat(edges).isLessThan(busy).isGreaterThan(0.6).isNotCloseTo(lessVariance, within(0.005));
    }

    @Test
    void refusesAStrengthBelowNought() {
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.attention(1, HIGH, -1, THREE))
                .withMessage("strength must be a number of at least 0, but is -1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.content(1, BUSY, VARIANCE, Double.NaN, THREE))
                .withMessage("strength must be a number of at least 0, but is NaN");
        assertThatIllegalArgumentException().isThrownBy(() -> Samplers.content(3, BUSY, VARIANCE, 1, THREE))
                .withMessage("visible must be between 1 and 2 on a grid of 1 x 3, but is 3");
    }

    private static double weight(double score, double power) {
        return Math.pow(score + 0.01, power);
    }

    /** How often each patch is hidden. */
    private static double[] hidden(MaskSampler sampler, TestMaskContext image) {
        double[] hidden = new double[image.grid().size()];
        for (int seed = 0; seed < DRAWS; seed++) {
            for (int id : sampler.sample(image.with(new SplittableRandom(seed))).masked()) {
                hidden[id] += 1.0 / DRAWS;
            }
        }
        return hidden;
    }

    private static double shareInTheLeftHalf(MaskSampler sampler, TestMaskContext image) {
        double share = 0;
        double[] hidden = hidden(sampler, image);
        for (int id = 0; id < hidden.length; id++) {
            share += GRID.column(id) < 3 ? hidden[id] / 18 : 0;
        }
        return share;
    }
}
