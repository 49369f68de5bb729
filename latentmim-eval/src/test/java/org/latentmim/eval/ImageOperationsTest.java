package org.latentmim.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.StreamSupport;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against levels that Pillow made of the same image. */
class ImageOperationsTest {

    private static JsonNode recorded;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream in = ImageOperationsTest.class.getResourceAsStream("/operations.json")) {
            recorded = JsonMapper.builder().build().readTree(in);
        }
    }

    @ParameterizedTest
    @CsvSource({"auto-contrast", "invert", "posterize 2", "solarize 100", "solarize-add 50", "color 1.54", "color 0.46",
            "contrast 1.6", "contrast 0.5", "brightness 1.4", "brightness 0.6", "sharpness 1.8", "sharpness 0.3"})
    void givesEveryLevelAsPillowDoes(String operation) {
        assertThat(difference(operation)).as(operation).isZero();
    }

    /** Pillow finds places in steps of its own. */
    @ParameterizedTest
    @CsvSource({"shear-x 0.21", "shear-y -0.17", "translate-x 2.3", "translate-y -1.6", "rotate 20"})
    void movesPixelsAsPillowDoesWithinOneLevel(String operation) {
        assertThat(difference(operation)).as(operation).isLessThanOrEqualTo(1);
    }

    @Test
    void spreadsLevelsAsPillowDoes() {
        try (PointerScope scope = new PointerScope()) {
            JsonNode large = recorded.get("large");
            Tensor image = levels(large.get("image"), large);
            Tensor result = ImageOperations.equalize(image);
            assertThat(result.sub(image).abs().max().item_double()).isGreaterThan(10);
            assertThat(result.equal(levels(large.get("equalize"), large))).isTrue();
        }
    }

    /** As in Pillow, where there are fewer pixels than levels. */
    @Test
    void leavesTheLevelsOfASmallImage() {
        try (PointerScope scope = new PointerScope()) {
            Tensor image = levels(recorded.get("image"), recorded);
            assertThat(ImageOperations.equalize(image).equal(image)).isTrue();
        }
    }

    private static double difference(String operation) {
        try (PointerScope scope = new PointerScope()) {
            Tensor image = levels(recorded.get("image"), recorded);
            Tensor before = image.clone();
            Tensor result = made(operation, image);
            assertThat(image.equal(before)).as("the image stays").isTrue();
            assertThat(result.sub(image).abs().max().item_double()).as("something changes").isGreaterThan(1);
            return result.sub(levels(recorded.get("results").get(operation), recorded)).abs().max().item_double();
        }
    }

    private static Tensor made(String operation, Tensor image) {
        String name = operation.split(" ")[0];
        double number = operation.contains(" ") ? Double.parseDouble(operation.split(" ")[1]) : 0;
        Tensor fill = AbstractTensor.create(numbers(recorded.get("fill")));
        return switch (name) {
            case "auto-contrast" -> ImageOperations.autoContrast(image);
            case "invert" -> ImageOperations.invert(image);
            case "posterize" -> ImageOperations.posterize(image, (int) number);
            case "solarize" -> ImageOperations.solarize(image, number);
            case "solarize-add" -> ImageOperations.solarizeAdd(image, number);
            case "color" -> ImageOperations.color(image, number);
            case "contrast" -> ImageOperations.contrast(image, number);
            case "brightness" -> ImageOperations.brightness(image, number);
            case "sharpness" -> ImageOperations.sharpness(image, number);
            case "shear-x" -> ImageOperations.shearX(image, number, fill);
            case "shear-y" -> ImageOperations.shearY(image, number, fill);
            case "translate-x" -> ImageOperations.translateX(image, number, fill);
            case "translate-y" -> ImageOperations.translateY(image, number, fill);
            case "rotate" -> ImageOperations.rotate(image, number, fill);
            default -> throw new AssertionError(operation);
        };
    }

    private static Tensor levels(JsonNode node, JsonNode size) {
        return AbstractTensor.create(numbers(node), size.get("height").asLong(), size.get("width").asLong(), 3);
    }

    private static float[] numbers(JsonNode node) {
        double[] values = StreamSupport.stream(node.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
        float[] numbers = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = (float) values[i];
        }
        return numbers;
    }
}
