package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.Parameters;

class ResidualTest {

    private static final int IMAGES = 10_000;

    @Test
    void dropsABranchForAWholeImageAndKeepsTheMean() {
        try (PointerScope scope = new PointerScope()) {
            manual_seed(1);
            Tensor added = dropping(0.2).add(zeros(IMAGES, 2, 3), ones(IMAGES, 2, 3));
            FloatIndexer numbers = added.createIndexer();
            int dropped = 0;
            for (int image = 0; image < IMAGES; image++) {
                float first = numbers.get(image, 0, 0);
                assertThat(first).isIn(0f, 1.25f);
                assertThat(numbers.get(image, 1, 2)).isEqualTo(first);
                dropped += first == 0 ? 1 : 0;
            }
            assertThat((double) dropped).isCloseTo(0.2 * IMAGES, within(6 * Math.sqrt(0.2 * 0.8 * IMAGES)));
        }
    }

    @Test
    void letsADroppedImageThroughUnchanged() {
        try (PointerScope scope = new PointerScope()) {
            manual_seed(2);
            Tensor tokens = Networks.normal(1, ScalarType.Float, 200, 2, 3);
            Tensor branch = Networks.normal(2, ScalarType.Float, 200, 2, 3);
            Tensor sum = dropping(0.5).add(tokens, branch);
            int unchanged = 0;
            for (int image = 0; image < 200; image++) {
                Tensor before = tokens.narrow(0, image, 1);
                Tensor after = sum.narrow(0, image, 1);
                boolean same = after.equal(before);
                unchanged += same ? 1 : 0;
                if (!same) {
                    Tensor doubled = before.add(branch.narrow(0, image, 1)).add(branch.narrow(0, image, 1));
                    assertThat(Networks.distance(after, doubled)).isLessThan(1e-6);
                }
            }
            assertThat(unchanged).isBetween(60, 140);
        }
    }

    @Test
    void dropsTheSameImagesWithTheSameSeed() {
        try (PointerScope scope = new PointerScope()) {
            Tensor[] sums = new Tensor[3];
            long[] seeds = {4, 4, 5};
            for (int i = 0; i < sums.length; i++) {
                manual_seed(seeds[i]);
                sums[i] = dropping(0.5).add(zeros(100, 1, 1), ones(100, 1, 1));
            }
            assertThat(sums[1].equal(sums[0])).isTrue();
            assertThat(sums[2].equal(sums[0])).isFalse();
        }
    }

    @Test
    void dropsNothingWithoutGradients() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            assertThat(dropping(0.9).add(zeros(100, 1, 1), ones(100, 1, 1)).equal(ones(100, 1, 1))).isTrue();
        }
    }

    @Test
    void scalesEachNumberOfABranch() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Parameters parameters = new Parameters();
            Residual residual = new Residual(parameters, "ls1", 3, OptionalDouble.of(0.5), 0);
            assertThat(residual.add(ones(1, 2, 3), ones(1, 2, 3)).equal(ones(1, 2, 3).mul_(new Scalar(1.5)))).isTrue();
            parameters.learning().get("ls1.gamma").narrow(0, 1, 1).zero_();
            FloatIndexer sum = residual.add(ones(1, 2, 3), ones(1, 2, 3)).createIndexer();
            assertThat(sum.get(0, 1, 0)).isEqualTo(1.5f);
            assertThat(sum.get(0, 1, 1)).isEqualTo(1f);
        }
    }

    private static Residual dropping(double chance) {
        return new Residual(new Parameters(), "ls1", 3, OptionalDouble.empty(), chance);
    }
}
