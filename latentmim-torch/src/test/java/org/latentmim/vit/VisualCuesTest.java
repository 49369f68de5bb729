package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class VisualCuesTest {

    private static final int IMAGES = 2;
    private static final int MASKED = 3;
    private static final int VISIBLE = 4;
    private static final int WIDTH = 5;

    @Test
    void areTheVisibleTokensWeightedBySoftmaxOfTheirPositions() {
        try (PointerScope scope = new PointerScope()) {
            Tensor masked = Networks.normal(1, ScalarType.Double, IMAGES, MASKED, WIDTH);
            Tensor where = Networks.normal(2, ScalarType.Double, IMAGES, VISIBLE, WIDTH);
            Tensor tokens = Networks.normal(3, ScalarType.Double, IMAGES, VISIBLE, WIDTH);
            DoubleIndexer cues = VisualCues.of(masked, where, tokens).createIndexer();
            DoubleIndexer q = masked.createIndexer();
            DoubleIndexer k = where.createIndexer();
            DoubleIndexer v = tokens.createIndexer();
            for (int image = 0; image < IMAGES; image++) {
                for (int m = 0; m < MASKED; m++) {
                    double[] weights = new double[VISIBLE];
                    double sum = 0;
                    for (int seen = 0; seen < VISIBLE; seen++) {
                        double product = 0;
                        for (int d = 0; d < WIDTH; d++) {
                            product += q.get(image, m, d) * k.get(image, seen, d);
                        }
                        weights[seen] = Math.exp(product / Math.sqrt(WIDTH));
                        sum += weights[seen];
                    }
                    for (int d = 0; d < WIDTH; d++) {
                        double expected = 0;
                        for (int seen = 0; seen < VISIBLE; seen++) {
                            expected += weights[seen] / sum * v.get(image, seen, d);
                        }
                        assertThat(cues.get(image, m, d)).isCloseTo(expected, within(1e-12));
                    }
                }
            }
        }
    }
}
