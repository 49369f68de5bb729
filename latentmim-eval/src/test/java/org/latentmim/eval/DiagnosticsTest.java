package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.eye;
import static org.bytedeco.pytorch.global.torch.linalg_svd;
import static org.bytedeco.pytorch.global.torch.ones;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.latentmim.testing.Tensors;

/** Each measure against closed forms, values by hand, or the sum over all pairs. */
class DiagnosticsTest {

    private static final TensorOptions DOUBLE = new TensorOptions(ScalarType.Double);

    private PointerScope scope;

    @BeforeEach
    void open() {
        scope = new PointerScope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void uniformityIsNoughtForOneVectorAndMinusEightForOpposites() {
        assertThat(Hypersphere.uniformity(ones(new long[] {9, 5}, DOUBLE))).isCloseTo(0, within(1e-12));
        Tensor line = AbstractTensor.create(new double[] {3, 4, -6, -8}, 2, 2);
        assertThat(Hypersphere.uniformity(line)).isCloseTo(-8, within(1e-12));
        assertThat(Hypersphere.uniformity(eye(4, DOUBLE))).as("all orthogonal").isCloseTo(-4, within(1e-12));
    }

    /** The cosine of two random directions in D dimensions has variance 1 / D: the mean of exp(4 cos) is near exp(8 / D). */
    @Test
    void uniformityOfRandomDirectionsIsThatOfTheWholeSphere() {
        Tensor normal = Tensors.normal(1, ScalarType.Double, 2500, 64); // more than two chunks
        assertThat(Hypersphere.uniformity(normal)).isCloseTo(-4 + 8 / 64.0, within(0.005));
    }

    @Test
    void uniformityIsTheMeanOverAllPairs() {
        Tensor features = Tensors.normal(2, ScalarType.Double, 7, 3);
        double sum = 0;
        for (int i = 0; i < 7; i++) {
            for (int j = 0; j < i; j++) {
                sum += Math.exp(-2 * (2 - 2 * cosine(features.select(0, i), features.select(0, j))));
            }
        }
        assertThat(Hypersphere.uniformity(features)).isCloseTo(Math.log(sum / 21), within(1e-12));
    }

    @Test
    void alignmentIsTheSquaredDistanceOfViews() {
        Tensor one = Tensors.normal(3, ScalarType.Double, 6, 4);
        assertThat(Hypersphere.alignment(one, one.mul(new Scalar(5)))).isCloseTo(0, within(1e-12));
        assertThat(Hypersphere.alignment(one, one.neg())).isCloseTo(4, within(1e-12));
        assertThat(Hypersphere.alignment(eye(4, DOUBLE), eye(4, DOUBLE).flip(0))).isCloseTo(2, within(1e-12));
    }

    @Test
    void theSlopeOfAPowerLawIsItsExponent() {
        for (double exponent : new double[] {0.5, 1, 2.5}) {
            assertThat(SpectrumSlope.of(powerLaw(exponent, 150, 120)).orElseThrow()).isCloseTo(exponent, within(1e-6));
            assertThat(SpectrumSlope.of(powerLaw(exponent, 60, 90)).orElseThrow()).isCloseTo(exponent, within(1e-6));
        }
    }

    @Test
    void featuresThatPointEverywhereAlikeHaveNoSlope() {
        assertThat(SpectrumSlope.of(powerLaw(0, 150, 120)).orElseThrow()).isCloseTo(0, within(1e-9));
    }

    @Test
    void fewDirectionsHaveNoSlope() {
        assertThat(SpectrumSlope.of(ones(new long[] {50, 40}, DOUBLE))).isEmpty();
        assertThat(SpectrumSlope.of(Tensors.normal(4, ScalarType.Double, 50, 11))).isEmpty();
        assertThat(SpectrumSlope.of(Tensors.normal(4, ScalarType.Double, 50, 12))).isPresent();
        Tensor line = Tensors.normal(5, ScalarType.Double, 50, 1).matmul(Tensors.normal(6, ScalarType.Double, 1, 40));
        assertThat(SpectrumSlope.of(line)).isEmpty();
    }

    @Test
    void lidarCountsTheDirectionsBetweenImagesWhoseViewsAreTheSame() {
        Tensor corners = eye(5, DOUBLE).unsqueeze(1).expand(5, 3, 5);
        assertThat(Lidar.of(corners)).as("a simplex").isCloseTo(4, within(1e-5));
        Tensor line = AbstractTensor.create(new double[] {1, 1, 2, 2, 5, 5}, 3, 1, 2).expand(3, 4, 2);
        assertThat(Lidar.of(line)).isCloseTo(1, within(1e-5));
        assertThat(Lidar.of(ones(new long[] {4, 3, 6}, DOUBLE))).as("one vector").isCloseTo(1, within(1e-5));
    }

    /**
     * Images differ by 1 along both axes; views of one by s to both sides of the second. In units of the noise their variances
     * are 1 / delta and 1 / (s^2 + delta), of which the second is a quarter of the first where s^2 = 3 delta.
     */
    @Test
    void lidarMeasuresImagesInUnitsOfTheirViews() {
        double s = Math.sqrt(3e-4);
        double[][] images = {{1, 1}, {1, -1}, {-1, 1}, {-1, -1}};
        Tensor views = AbstractTensor.create(Arrays.stream(images)
                .flatMapToDouble(image -> Arrays.stream(new double[] {image[0], image[1] + s, image[0], image[1] - s}))
                .toArray(), 4, 2, 2);
        double entropy = -0.8 * Math.log(0.8) - 0.2 * Math.log(0.2);
        assertThat(Lidar.of(views)).isCloseTo(Math.exp(entropy), within(1e-5));
    }

    @Test
    void lidarNeedsNoMoreImagesThanNumbers() {
        Tensor few = Tensors.normal(7, ScalarType.Double, 3, 4, 20);
        Tensor padded = cat(new TensorVector(few, few.mul(new Scalar(0))), 2); // numbers that never vary change nothing
        assertThat(Lidar.of(few)).isBetween(1.0, 2.00001).isCloseTo(Lidar.of(padded), within(1e-5));
    }

    @Test
    void aPlaceCodeIsNearerToItsPlaceAndAnImageCodeToItsImage() {
        Tensor places = eye(5, DOUBLE).expand(4, 5, 5);
        assertThat(PlaceOverImage.share(places)).isEqualTo(1);
        assertThat(PlaceOverImage.share(places.transpose(0, 1))).isZero();
        assertThat(PlaceOverImage.share(Tensors.normal(8, ScalarType.Double, 40, 40, 16))).isCloseTo(0.5, within(0.04));
    }

    @Test
    void nearerIsOnAverageOverTheOthers() {
        Tensor tokens = Tensors.normal(9, ScalarType.Double, 3, 4, 5);
        int nearer = 0;
        for (int image = 0; image < 3; image++) {
            for (int place = 0; place < 4; place++) {
                Tensor token = tokens.select(0, image).select(0, place);
                int i = image;
                int p = place;
                double ofPlace = IntStream.range(0, 3).filter(other -> other != i)
                        .mapToDouble(other -> cosine(token, tokens.select(0, other).select(0, p))).average().orElseThrow();
                double ofImage = IntStream.range(0, 4).filter(other -> other != p)
                        .mapToDouble(other -> cosine(token, tokens.select(0, i).select(0, other))).average().orElseThrow();
                nearer += ofPlace > ofImage ? 1 : 0;
            }
        }
        assertThat(nearer).isBetween(1, 11);
        assertThat(PlaceOverImage.share(tokens)).isCloseTo(nearer / 12.0, within(1e-12));
    }

    /** Centred features whose covariance has eigenvalues that fall by a power of their rank. */
    private static Tensor powerLaw(double exponent, long count, long width) {
        Tensor noise = Tensors.normal(10, ScalarType.Double, count, width);
        Tensor centred = noise.sub(noise.mean(new long[] {0}, true, null));
        int rank = (int) Math.min(count - 1, width);
        double[] roots = IntStream.rangeClosed(1, rank).mapToDouble(i -> Math.pow(i, -exponent / 2)).toArray();
        var parts = linalg_svd(centred, false, null);
        Tensor left = parts.get0().narrow(1, 0, rank);
        return left.mul(AbstractTensor.create(roots)).matmul(parts.get2().narrow(0, 0, rank));
    }

    private static double cosine(Tensor a, Tensor b) {
        return a.dot(b).item_double() / (a.norm().item_double() * b.norm().item_double());
    }
}
