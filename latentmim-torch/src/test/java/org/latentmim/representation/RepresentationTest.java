package org.latentmim.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.data.AugmentationConfig;
import org.latentmim.data.EvaluationView;
import org.latentmim.pipeline.Assembly;
import org.latentmim.pipeline.TinyRecipe;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Network;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Representation;
import org.latentmim.train.LatentMim;
import org.latentmim.train.PatchReader;

/** On 70 images, which are more than a batch, of 12 x 20 pixels, of which 12 x 16 are seen. */
class RepresentationTest {

    private static final String IMAGES = "images.train={name: stripes, size: 70, height: 12, width: 20}";

    private final Assembly run = assembly("fp32");

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anEncoderIsTheMeanOfItsLastPatchTokensWhateverTheBatchAndTheWorkers(int workers) throws IOException {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Tensor features = encoder(run, workers).features(run.trainImages());
            assertThat(features.shape()).containsExactly(70, 16);
            for (int i : new int[] {0, 1, 63, 64, 69}) {
                Patches whole = run.get(PatchReader.class).whole(pixels(i), 1);
                Tensor tokens = run.onlineEncoder().blocks(whole, 1).get(0); // [1, 13, 16]
                Tensor expected = tokens.narrow(1, 1, 12).mean(1);
                double distance = features.narrow(0, i, 1).sub(expected).abs().max().item_double();
                assertThat(distance).as("image %d", i).isLessThan(1e-5);
            }
            assertThat(features.requires_grad()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fp64", "bf16"})
    void featuresAreFloatsWhateverThePrecisionOfTheRun(String precision) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            Tensor inFloat = encoder(run, 2).features(run.trainImages());
            Assembly other = assembly(precision);
            Tensor features = encoder(other, 2).features(other.trainImages());
            assertThat(features.scalar_type().intern()).isEqualTo(ScalarType.Float);
            double share = precision.equals("fp64") ? 1e-5 : 0.05;
            double distance = features.sub(inFloat).abs().max().item_double();
            assertThat(distance).isLessThan(share * inFloat.abs().max().item_double());
        }
    }

    @Test
    void pixelsAreTheNormalisedPixels() throws IOException {
        try (PointerScope scope = new PointerScope()) {
            Tensor features = pixels().features(run.trainImages());
            assertThat(features.shape()).containsExactly(70, 12 * 16 * 3);
            FloatIndexer values = features.createIndexer();
            double[] mean = {0.5, 0.4, 0.3};
            double[] deviation = {0.25, 0.2, 0.5};
            for (int i : new int[] {0, 64, 69}) {
                byte[] seen = pixels(i);
                double sum = 0;
                for (int v = 0; v < seen.length; v++) {
                    sum += ((seen[v] & 0xff) / 255.0 - mean[v % 3]) / deviation[v % 3];
                }
                double described = 0;
                for (int v = 0; v < seen.length; v++) {
                    described += values.get(i, v);
                }
                assertThat(described).as("sum of all values of image %d", i).isCloseTo(sum, within(1e-3));
                assertThat((double) values.get(i, 0)).isCloseTo(((seen[0] & 0xff) / 255.0 - 0.5) / 0.25, within(1e-5));
                assertThat((double) values.get(i, 5)).isCloseTo(((seen[5] & 0xff) / 255.0 - 0.3) / 0.5, within(1e-5));
            }
        }
    }

    @Test
    void tellTheirNamesAndProtocols() {
        assertThat(encoder(run, 1).name()).isEqualTo("trained");
        assertThat(encoder(run, 1).protocol()).isEqualTo(
                "mean of the last block's patch tokens before the final norm; short side 12, centre 12 x 16,"
                        + " patches without gap");
        assertThat(pixels().name()).isEqualTo("pixels");
        assertThat(pixels().protocol()).isEqualTo("normalised pixels; short side 12, centre 12 x 16");
    }

    @Test
    void patchesOfTheMiddleAverageToItsFeatures() throws IOException {
        Assembly fitting = Assembly.of(TinyRecipe.with("images.train={name: stripes, size: 3, height: 12, width: 16}"));
        fitting.get(LatentMim.class);
        try (PointerScope scope = new PointerScope()) {
            EncoderRepresentation encoder = encoder(fitting, 1);
            Tensor patches = encoder.patches(fitting.trainImages(), 2, 3, 4);
            assertThat(patches.shape()).containsExactly(12, 16);
            Tensor mean = encoder.features(fitting.trainImages()).select(0, 2);
            assertThat(patches.mean(0).sub(mean).abs().max().item_double()).isLessThan(1e-5);
        }
    }

    @Test
    void patchesOfAnotherGridAreRowsOfTheWholeImage() throws IOException {
        try (PointerScope scope = new PointerScope()) {
            Tensor patches = pixels().patches(run.trainImages(), 5, 6, 10);
            assertThat(patches.shape()).containsExactly(60, 4 * 4 * 3);
            assertThat(encoder(run, 1).patches(run.trainImages(), 5, 6, 10).shape()).containsExactly(60, 16);
            assertThat(pixels().patches(run.trainImages(), 5, 3, 5).select(0, 7).select(0, 0).item_double())
                    .as("row 4, column 8 of the image as it is").isCloseTo((shown(5, 4, 8) / 255.0 - 0.5) / 0.25, within(1e-5));
        }
    }

    @Test
    void randomViewsAreTheSameForTheSameDrawAndOthersForAnother() throws IOException {
        try (PointerScope scope = new PointerScope()) {
            Tensor first = pixels().views(run.trainImages(), 0);
            assertThat(first.shape()).containsExactly(70, 12 * 16 * 3);
            assertThat(first.equal(pixels().views(run.trainImages(), 0))).isTrue();
            assertThat(first.equal(pixels().views(run.trainImages(), 1))).isFalse();
            assertThat(encoder(run, 2).views(run.trainImages(), 3).equal(encoder(run, 1).views(run.trainImages(), 3))).isTrue();
        }
    }

    @Test
    void failWhereAnImageCannotBeRead() {
        ImageSet broken = new Broken(run.trainImages());
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> encoder(run, 2).features(broken))
                .withMessage("cannot read image 66: gone");
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> pixels().features(broken))
                .withMessage("cannot read image 66: gone");
    }

    @Test
    void giveACopyThatLearnsAloneAndBeginsAnewEachTime() {
        Representation representation = encoder(run, 1).copiedBy(run::copyOfOnlineEncoder);
        Encoder online = run.onlineEncoder();
        Encoder copy = representation.network().orElseThrow().copy();
        assertSameWeights(online, copy);
        try (PointerScope scope = new PointerScope()) {
            Tensor weight = copy.parameters().learning().get("norm.weight");
            weight.sum().backward();
            try (NoGradGuard frozen = new NoGradGuard()) {
                weight.add_(new Scalar(1));
            }
            assertThat(weight.equal(online.parameters().all().get("norm.weight"))).isFalse();
        }
        assertThat(online.parameters().all().get("norm.weight").grad().defined()).isFalse();
        assertThat(representation.network().orElseThrow().copy()).isSameAs(copy);
        assertSameWeights(online, copy);
        assertThat(copy.parameters().all().get("norm.weight").grad().defined()).isFalse();
        assertThat(encoder(run, 1).network()).isEmpty();
        assertThat(pixels().network()).isEmpty();
    }

    private static void assertSameWeights(Encoder one, Encoder other) {
        assertThat(other.parameters().all().keySet()).isEqualTo(one.parameters().all().keySet());
        one.parameters().all().forEach((name, tensor) -> {
            assertThat(other.parameters().all().get(name).equal(tensor)).as(name).isTrue();
            assertThat(other.parameters().all().get(name).data_ptr()).as(name).isNotEqualTo(tensor.data_ptr());
        });
    }

    @Test
    void showImagesInBatches() {
        Network network = encoder(run, 1).copiedBy(run::copyOfOnlineEncoder).network().orElseThrow();
        List<Integer> order = new ArrayList<>();
        List<Double> epochs = new ArrayList<>();
        int size = run.trainImages().size();
        int batch = size / 2 - 1;
        network.showRandom(run.trainImages(), batch, 2, 7, (patches, images, epoch) -> {
            assertThat(patches.values().shape()).containsExactly(batch, 12, 48);
            IntStream.of(images).forEach(order::add);
            epochs.add(epoch);
        });
        assertThat(epochs).containsExactly(0.0, 0.5, 1.0, 1.5);
        assertThat(order.subList(0, 2 * batch)).doesNotHaveDuplicates().isNotEqualTo(order.subList(2 * batch, 4 * batch));
        order.clear();
        network.showMiddle(run.trainImages(), (patches, images, epoch) -> IntStream.of(images).forEach(order::add));
        assertThat(order).containsExactlyElementsOf(IntStream.range(0, size).boxed().toList());
        assertThat(network.protocol()).isEqualTo("short side 12, centre 12 x 16, patches without gap");
    }

    @Test
    void leaveNothingButTheirFeaturesInTheCallersScope() throws IOException {
        encoder(run, 1).features(run.trainImages());
        long before = 0;
        for (int i = 0; i < 5; i++) {
            try (PointerScope scope = new PointerScope()) {
                encoder(run, 1).features(run.trainImages());
                pixels().features(run.trainImages());
            }
            before = i == 0 ? Pointer.totalCount() : before;
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    private static Assembly assembly(String precision) {
        Assembly run = Assembly.of(TinyRecipe.with(IMAGES, "runtime.precision=" + precision));
        run.get(LatentMim.class); // places the weights
        return run;
    }

    private static EncoderRepresentation encoder(Assembly run, int workers) {
        return new EncoderRepresentation(
                "trained", run.onlineEncoder(), run.get(Compute.class), views(run, workers), Pooling.MEAN, 1);
    }

    private PixelRepresentation pixels() {
        return new PixelRepresentation(views(run, 2));
    }

    private static ImageViews views(Assembly run, int workers) {
        return new ImageViews(run.get(PatchReader.class), run.get(EvaluationView.class), run.get(AugmentationConfig.class), workers);
    }

    private int shown(int image, int row, int column) throws IOException {
        return ((ImageData.Pixels) run.trainImages().read(image)).values()[(row * 20 + column) * 3] & 0xff;
    }

    /** The middle 16 of 20 columns, as the images have the height of the view. */
    private byte[] pixels(int image) throws IOException {
        byte[] whole = ((ImageData.Pixels) run.trainImages().read(image)).values();
        byte[] seen = new byte[12 * 16 * 3];
        for (int row = 0; row < 12; row++) {
            System.arraycopy(whole, (row * 20 + 2) * 3, seen, row * 16 * 3, 16 * 3);
        }
        return seen;
    }

    private record Broken(ImageSet images) implements ImageSet {

        @Override
        public int size() {
            return images.size();
        }

        @Override
        public int channels() {
            return images.channels();
        }

        @Override
        public ImageData read(int index) throws IOException {
            if (index == 66) {
                throw new IOException("cannot read image 66: gone");
            }
            return images.read(index);
        }

        @Override
        public String id(int index) {
            return images.id(index);
        }
    }
}
