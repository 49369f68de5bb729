package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.ImageData;
import org.latentmim.testing.GoldenFiles;
import org.latentmim.testing.Recording;

/** Decoding, cropping, resizing and mirroring give what the Python implementation gives, by Pillow. */
class TransformsGoldenTest {

    private static final int CORNER = 64;
    private static final double SHARE_WITHIN_ONE_LEVEL = 0.999;

    static List<Recording> recordings() {
        return GoldenFiles.recordings("of image transforms",
                recording -> recording.metadata().containsKey("cases") && recording.names().contains("jpeg.0"));
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void decodesAsPillow(Recording recording) throws IOException {
        JsonNode cases = cases(recording);
        for (int i = 0; i < cases.size(); i++) {
            try (PointerScope scope = new PointerScope()) {
                NativeImage image = decode(recording, i);
                assertThat(image.width()).isEqualTo(cases.get(i).get("width").asInt());
                assertThat(image.height()).isEqualTo(cases.get(i).get("height").asInt());
                assertSame(bytes(image.crop(new Crop(0, 0, CORNER, CORNER))), recording, "decoded." + i + ".head");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void cropsResizesAndMirrorsAsPillow(Recording recording) throws IOException {
        JsonNode cases = cases(recording);
        for (int i = 0; i < cases.size(); i++) {
            JsonNode drawn = cases.get(i);
            int size = drawn.get("size").asInt();
            Crop crop = new Crop(drawn.get("top").asInt(), drawn.get("left").asInt(), drawn.get("crop_height").asInt(),
                    drawn.get("crop_width").asInt());
            try (PointerScope scope = new PointerScope()) {
                NativeImage view = decode(recording, i).crop(crop).resize(size, size);
                assertSame(bytes(drawn.get("flip").asBoolean() ? view.mirrored() : view), recording, "crop." + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void evaluatesTheSameView(Recording recording) throws IOException {
        JsonNode cases = cases(recording);
        View view = new EvaluationView(new PatchGrid(14, 14, 16, 4, 3), 256);
        for (int i = 0; i < cases.size(); i++) {
            byte[] pixels = new byte[224 * 224 * 3];
            view.render(new ListedImages(List.of(jpeg(recording, i))), 0, TestChance.NONE, pixels, 0);
            assertSame(pixels, recording, "eval." + i);
        }
    }

    private static void assertSame(byte[] actual, Recording recording, String name) {
        byte[] expected = recording.bytes(name);
        assertThat(actual).as(name).hasSameSizeAs(expected);
        int within = 0;
        for (int i = 0; i < actual.length; i++) {
            if (Math.abs((actual[i] & 0xff) - (expected[i] & 0xff)) <= 1) {
                within++;
            }
        }
        assertThat((double) within / actual.length).as("share of %s within one level", name)
                .isGreaterThanOrEqualTo(SHARE_WITHIN_ONE_LEVEL);
    }

    private static ImageData jpeg(Recording recording, int i) {
        return new ImageData.Encoded(recording.bytes("jpeg." + i));
    }

    private static NativeImage decode(Recording recording, int i) throws IOException {
        return new ImageDecoder(3).decode(jpeg(recording, i), "jpeg." + i);
    }

    private static byte[] bytes(NativeImage image) {
        byte[] bytes = new byte[image.height() * image.width() * 3];
        image.copyTo(bytes, 0);
        return bytes;
    }

    private static JsonNode cases(Recording recording) throws IOException {
        JsonNode cases = new ObjectMapper().readTree(recording.metadata().get("cases"));
        assertThat(cases).isNotEmpty();
        return cases;
    }
}
