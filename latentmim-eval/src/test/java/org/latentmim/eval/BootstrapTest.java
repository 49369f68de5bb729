package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.Interval;

class BootstrapTest {

    @Test
    void isAsWideAsTheBinomialLawSays() {
        double[] outcomes = new double[2000];
        Arrays.fill(outcomes, 0, 600, 100);
        Interval interval = new Bootstrap(4).ofMean(outcomes);
        double deviation = 100 * Math.sqrt(0.3 * 0.7 / 2000);
        assertThat(interval.low()).isCloseTo(30 - 1.96 * deviation, within(0.2));
        assertThat(interval.high()).isCloseTo(30 + 1.96 * deviation, within(0.2));
        assertThat(interval.method()).isEqualTo("95%, 1,000 bootstrap draws of the images, seed 4");
    }

    @Test
    void coversTheTruthInAboutNineteenOfTwentyCases() {
        Random random = new Random(1);
        int covered = 0;
        for (int i = 0; i < 300; i++) {
            Interval interval = new Bootstrap(i).ofMean(random.doubles(200).map(x -> x < 0.4 ? 1 : 0).toArray());
            covered += interval.low() <= 0.4 && 0.4 <= interval.high() ? 1 : 0;
        }
        assertThat(covered).isBetween(270, 296);
    }

    @Test
    void isTheSameForTheSameSeedAndAnotherForAnother() {
        double[] outcomes = new Random(2).doubles(50).toArray();
        assertThat(new Bootstrap(1).ofMean(outcomes)).isEqualTo(new Bootstrap(1).ofMean(outcomes));
        assertThat(new Bootstrap(1).ofMean(outcomes).low()).isNotEqualTo(new Bootstrap(2).ofMean(outcomes).low());
    }

    @Test
    void drawsAsManyImagesAsWereJudged() {
        assertThat(new Bootstrap(0).of(7, images -> images.filter(image -> image >= 0 && image < 7).count()))
                .satisfies(interval -> assertThat(interval.low()).isEqualTo(7))
                .satisfies(interval -> assertThat(interval.high()).isEqualTo(7));
    }
}
