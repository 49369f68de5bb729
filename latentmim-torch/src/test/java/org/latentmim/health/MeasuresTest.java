package org.latentmim.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.eye;
import static org.bytedeco.pytorch.global.torch.linalg_svd;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each measure against values by hand, closed forms, or the sum over all pairs. */
class MeasuresTest {

    private static final TensorOptions DOUBLE = new TensorOptions(ScalarType.Double);

    private PointerScope scope;

    @BeforeEach
    void open() {
        scope = new PointerScope();
        manual_seed(7);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void similarityIsTheMeanOverAllPairsOfDifferentTokens() {
        Tensor tokens = randn(new long[] {3, 4, 5}, DOUBLE).add(new Scalar(0.5));
        double[] sums = new double[3];
        int[] counts = new int[3];
        for (int i = 0; i < 12; i++) {
            for (int j = 0; j < 12; j++) {
                double cosine = cosine(tokens, i, j);
                if (i != j && i / 4 == j / 4) {
                    sums[0] += cosine;
                    counts[0]++;
                }
                if (i / 4 != j / 4) {
                    sums[1] += cosine;
                    counts[1]++;
                }
                if (i / 4 != j / 4 && i % 4 == j % 4) {
                    sums[2] += cosine;
                    counts[2]++;
                }
            }
        }
        TokenSimilarity similarity = TokenSimilarity.of(tokens);
        assertThat(similarity.within()).isCloseTo(sums[0] / counts[0], within(1e-12));
        assertThat(similarity.across()).isCloseTo(sums[1] / counts[1], within(1e-12));
        assertThat(similarity.samePlace()).isCloseTo(sums[2] / counts[2], within(1e-12));
    }

    @Test
    void similarityTellsAPlaceCodeFromAnImageCode() {
        TokenSimilarity ofPlaces = TokenSimilarity.of(placeCode(3, 4));
        assertThat(ofPlaces.within()).isCloseTo(0, within(1e-12));
        assertThat(ofPlaces.across()).isCloseTo(0.25, within(1e-12)); // one pair of four is of one place
        assertThat(ofPlaces.samePlace()).isCloseTo(1, within(1e-12));
        TokenSimilarity ofImages = TokenSimilarity.of(placeCode(4, 3).transpose(0, 1));
        assertThat(ofImages.within()).isCloseTo(1, within(1e-12));
        assertThat(ofImages.across()).isCloseTo(0, within(1e-12));
        assertThat(ofImages.samePlace()).isCloseTo(0, within(1e-12));
    }

    @Test
    void tokensOfTwoImagesWithTwoPatchesAreTheLeast() {
        for (long[] shape : new long[][] {{1, 2, 3}, {2, 1, 3}, {4, 3}}) {
            Tensor few = ones(shape, DOUBLE);
            assertThatIllegalArgumentException().isThrownBy(() -> TokenSimilarity.of(few))
                    .withMessage("tokens must be of at least 2 images with at least 2 patches each");
            assertThatIllegalArgumentException().isThrownBy(() -> VarianceShares.of(few))
                    .withMessage("tokens must be of at least 2 images with at least 2 patches each");
            assertThatIllegalArgumentException().isThrownBy(() -> PositionReading.accuracy(few))
                    .withMessage("tokens must be of at least 2 images with at least 2 patches each");
        }
    }

    @Test
    void varianceIsOfThePlaceOrOfTheImageOrOfNeither() {
        VarianceShares place = VarianceShares.of(placeCode(6, 4));
        assertThat(place.place()).isCloseTo(1, within(1e-12));
        assertThat(place.image()).isCloseTo(0, within(1e-12));
        VarianceShares image = VarianceShares.of(placeCode(4, 6).transpose(0, 1));
        assertThat(image.place()).isCloseTo(0, within(1e-12));
        assertThat(image.image()).isCloseTo(1, within(1e-12));
        VarianceShares neither = VarianceShares.of(randn(new long[] {40, 50, 8}, DOUBLE));
        assertThat(neither.place()).isCloseTo(0, within(0.01));
        assertThat(neither.image()).isCloseTo(0, within(0.01));
        VarianceShares nothing = VarianceShares.of(ones(new long[] {3, 4, 5}, DOUBLE));
        assertThat(nothing).isEqualTo(new VarianceShares(0, 0));
    }

    /** Orthogonal parts of equal length: each is a half of the token, and of its variance. */
    @Test
    void varianceIsSharedByWhatTokensAreMadeOf() {
        Tensor places = placeCode(4, 4);
        VarianceShares shares = VarianceShares.of(cat(new TensorVector(places, places.transpose(0, 1)), 2));
        assertThat(shares.place()).isCloseTo(0.5, within(1e-12));
        assertThat(shares.image()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void deviationIsOneInAllDirectionsAndNoughtInOne() {
        Tensor both = eye(6, DOUBLE);
        assertThat(FeatureDeviation.of(cat(new TensorVector(both, both.neg()), 0))).isCloseTo(1, within(1e-12));
        assertThat(FeatureDeviation.of(both)).isCloseTo(Math.sqrt(5 / 6.0), within(1e-12));
        assertThat(FeatureDeviation.of(ones(new long[] {9, 6}, DOUBLE))).isCloseTo(0, within(1e-12));
    }

    @Test
    void deviationOfOneDirectionIsSpreadOverAll() {
        Tensor line = zeros(new long[] {2, 4}, DOUBLE);
        line.select(0, 0).select(0, 0).fill_(new Scalar(3));
        line.select(0, 1).select(0, 0).fill_(new Scalar(-2));
        assertThat(FeatureDeviation.of(line)).isCloseTo(0.5, within(1e-12)); // 1 in one of 4 numbers, times sqrt(4)
    }

    @Test
    void rankOfOrthonormalFeaturesIsTheirNumberAndOfOneVectorOne() {
        assertThat(EffectiveRank.of(eye(6, DOUBLE))).isCloseTo(6, within(1e-4));
        assertThat(EffectiveRank.of(eye(6, DOUBLE).narrow(0, 0, 4))).isCloseTo(4, within(1e-4));
        assertThat(EffectiveRank.of(ones(new long[] {10, 6}, DOUBLE))).isCloseTo(1, within(1e-4));
    }

    /** RankMe, equations 1 and 2, by singular values. */
    @Test
    void rankIsTheEntropyOfTheSingularValues() {
        for (long[] shape : new long[][] {{9, 5}, {5, 9}}) {
            Tensor features = randn(shape, DOUBLE);
            double[] singular = new double[5];
            linalg_svd(features, false, null).get1().contiguous().data_ptr_double().get(singular);
            double sum = 0;
            for (double value : singular) {
                sum += value;
            }
            double entropy = 0;
            for (double value : singular) {
                double share = value / sum + 1e-7;
                entropy -= share * Math.log(share);
            }
            assertThat(EffectiveRank.of(features)).isCloseTo(Math.exp(entropy), within(1e-9));
        }
    }

    @Test
    void readsAPlaceThatTokensTellAndGuessesOneThatTheyDoNot() {
        assertThat(PositionReading.accuracy(placeCode(4, 5))).isEqualTo(1);
        assertThat(PositionReading.accuracy(ones(new long[] {4, 5, 3}, DOUBLE))).isEqualTo(0.2);
        assertThat(PositionReading.accuracy(ones(4, 5, 3))).isCloseTo(0.2, within(1e-12));
        assertThat(PositionReading.accuracy(randn(new long[] {60, 5, 16}, DOUBLE))).isCloseTo(0.2, within(0.08));
    }

    @Test
    void readsAPlaceThatIsHiddenAmongLargerNumbers() {
        Tensor noise = randn(new long[] {80, 5, 6}, DOUBLE).mul(new Scalar(3));
        assertThat(PositionReading.accuracy(cat(new TensorVector(placeCode(80, 5), noise), 2))).isGreaterThan(0.95);
    }

    /** A token that names its place: {@code [images, places, places]}. */
    private static Tensor placeCode(long images, long places) {
        return eye(places, DOUBLE).expand(images, places, places);
    }

    private static double cosine(Tensor tokens, int i, int j) {
        Tensor flat = tokens.flatten(0, 1);
        Tensor a = flat.select(0, i);
        Tensor b = flat.select(0, j);
        return a.dot(b).item_double() / (a.norm().item_double() * b.norm().item_double());
    }
}
