package org.latentmim.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.data.AugmentationConfig;
import org.latentmim.data.EvaluationView;
import org.latentmim.pipeline.Assembly;
import org.latentmim.pipeline.TinyRecipe;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;
import org.latentmim.train.LatentMim;
import org.latentmim.train.PatchReader;

class KeptFeaturesTest {

    @TempDir
    private Path folder;

    /** Says how often it was asked. */
    private static final class Counting implements Representation {

        private final Optional<String> fingerprint;
        private int asked;

        Counting(Optional<String> fingerprint) {
            this.fingerprint = fingerprint;
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public String protocol() {
            return "how often it was asked";
        }

        @Override
        public Optional<String> fingerprint() {
            return fingerprint;
        }

        @Override
        public Tensor features(ImageSet images) {
            asked++;
            return AbstractTensor.create(new float[] {asked, 2, 3, 4}, 2, 2);
        }
    }

    /** Two images of one pixel. */
    private record Two(String name, int level) implements ImageSet {

        @Override
        public int size() {
            return 2;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public ImageData read(int index) {
            return new ImageData.Pixels(1, 1, 1, new byte[] {(byte) (level * index)});
        }

        @Override
        public String id(int index) {
            return name + index;
        }
    }

    private float first(Representation representation, ImageSet images) throws IOException {
        try (PointerScope scope = new PointerScope();
                RememberedFeatures remembered =
                        new RememberedFeatures(representation, Optional.of(new KeptFeatures(folder.resolve("features"))))) {
            return remembered.features(images).select(0, 0).select(0, 0).item_float();
        }
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.exists(folder.resolve("features")) ? Files.list(folder.resolve("features")) : Stream.empty()) {
            return files.count();
        }
    }

    @Test
    void theSameFeaturesAreFoundOnce() throws IOException {
        assertThat(first(new Counting(Optional.of("a")), new Two("x", 1))).isEqualTo(1);
        Counting again = new Counting(Optional.of("a"));
        assertThat(first(again, new Two("x", 1))).isEqualTo(1);
        assertThat(again.asked).isZero();
        assertThat(files()).isEqualTo(1);
    }

    @Test
    void otherWeightsNamesOrPixelsAreOtherFeatures() throws IOException {
        first(new Counting(Optional.of("a")), new Two("x", 1));
        Counting other = new Counting(Optional.of("b"));
        first(other, new Two("x", 1));
        first(other, new Two("y", 1));
        first(other, new Two("x", 2));
        assertThat(other.asked).isEqualTo(3);
        assertThat(files()).isEqualTo(4);
    }

    @Test
    void whatHasNoFingerprintIsNotKept() throws IOException {
        Counting nameless = new Counting(Optional.empty());
        first(nameless, new Two("x", 1));
        first(nameless, new Two("x", 1));
        assertThat(nameless.asked).isEqualTo(2);
        assertThat(files()).isZero();
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        first(new Counting(Optional.of("a")), new Two("x", 1));
        Path file;
        try (Stream<Path> files = Files.list(folder.resolve("features"))) {
            file = files.findFirst().orElseThrow();
        }
        Files.writeString(file, "no features");
        assertThatExceptionOfType(FailureException.class)
                .isThrownBy(() -> first(new Counting(Optional.of("a")), new Two("x", 1)))
                .withMessageContaining(file.toString());
    }

    @Test
    void theFingerprintOfAnEncoderIsThatOfItsWeightsAndItsView() throws IOException {
        Assembly run = Assembly.of(TinyRecipe.with("images.train={name: stripes, size: 8, height: 12, width: 20}"));
        run.get(LatentMim.class); // places the weights
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Optional<String> before = encoder(run, Pooling.MEAN).fingerprint();
            assertThat(before).isPresent().isEqualTo(encoder(run, Pooling.MEAN).fingerprint());
            assertThat(encoder(run, Pooling.CLASS).fingerprint()).isNotEqualTo(before);
            run.onlineEncoder().parameters().all().values().iterator().next().view(-1).narrow(0, 0, 1).add_(new Scalar(1e-3));
            assertThat(encoder(run, Pooling.MEAN).fingerprint()).isNotEqualTo(before);
        }
    }

    private static Representation encoder(Assembly run, Pooling pooling) {
        return new EncoderRepresentation("trained", run.onlineEncoder(), run.get(Compute.class),
                new ImageViews(run.get(PatchReader.class), run.get(EvaluationView.class), run.get(AugmentationConfig.class), 1),
                pooling, 1);
    }
}
