package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.latentmim.data.PngFiles.GREY;
import static org.latentmim.data.PngFiles.PALETTE;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.LabelMap;
import org.latentmim.testing.ImageSetContract;

class SegmentedImageSetTest extends ImageSetContract {

    private static final List<String> CLASSES = List.of("sky", "road", "car");

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        write("images/b.jpg", jpeg(2, 3));
        write("images/town/a.png", ImageFiles.redAndBlue(1, 2, BufferedImage.TYPE_INT_RGB, "png"));
        write("maps/b.png", PngFiles.of(GREY, 2, 3, 0, 1, 2, 3, 255, 0));
        write("maps/town/a.PNG", PngFiles.of(PALETTE, 1, 2, 1, 2));
        write("maps/town/a.jpg", jpeg(1, 2));
        write("maps/other.png", new byte[] {0});
    }

    @Override
    protected ImageSet images() {
        return images(List.of());
    }

    @Test
    void hasTheImagesAndTheNamesOfTheClasses() throws IOException {
        ImageSet images = images();
        assertThat(IntStream.range(0, images.size()).mapToObj(images::id)).containsExactly("b.jpg", "town/a.png");
        assertThat(((ImageData.Encoded) images.read(0)).bytes()).isEqualTo(Files.readAllBytes(folder.resolve("images/b.jpg")));
        assertThat(images.classes()).isEqualTo(CLASSES);
        assertThat(images.label(0)).isEqualTo(ImageSet.NO_LABEL);
        assertThat(images.channels()).isEqualTo(3);
    }

    @Test
    void readsTheMapThatIsNamedAsTheImageIs() throws IOException {
        assertThat(images().labelMap(1)).get().extracting(LabelMap::height, LabelMap::width).containsExactly(1, 2);
        assertThat(images().labelMap(1).orElseThrow().classes()).containsExactly(1, 2);
    }

    @Test
    void keepsNumbersWithoutANameAndIgnoredClassesFromBeingJudged() throws IOException {
        assertThat(images().labelMap(0).orElseThrow().classes()).containsExactly(0, 1, 2, 255, 255, 0);
        assertThat(images(List.of("road")).labelMap(0).orElseThrow().classes()).containsExactly(0, 255, 2, 255, 255, 0);
    }

    @Test
    void comparesTheMapWithTheImageAsItIsSeen() throws IOException {
        write("images/b.jpg", ImageFiles.withOrientation(jpeg(3, 2), 6));
        assertThat(images().labelMap(0)).isPresent();

        write("images/b.jpg", ImageFiles.withOrientation(jpeg(2, 3), 6));
        assertThatIOException().isThrownBy(() -> images().labelMap(0))
                .withMessage("the label map b.png has 2 x 3 pixels, but its image b.jpg has 3 x 2");
    }

    @Test
    void keepsItsMapsInAPartOfIt() throws IOException {
        Selection second = new Selection(
                OptionalInt.of(1), OptionalInt.empty(), OptionalInt.empty());
        assertThat(second.applyTo(images()).labelMap(0).orElseThrow().classes()).containsExactly(1, 2);
    }

    @Test
    void refusesImagesWithoutAMap() throws IOException {
        write("images/c.jpg", jpeg(1, 1));
        refuses("there is no label map c.png in " + folder.resolve("maps") + " for the image c.jpg");
        write("images/d.jpg", jpeg(1, 1));
        write("images/e.jpg", jpeg(1, 1));
        refuses("there is no label map c.png in " + folder.resolve("maps")
                + " for the image c.jpg, nor one for 2 other images");
    }

    @Test
    void namesTheMapThatCannotBeRead() throws IOException {
        Path map = folder.resolve("maps/b.png");
        ImageSet images = images();
        write("maps/b.png", jpeg(2, 3));
        assertThatIOException().isThrownBy(() -> images.labelMap(0))
                .withMessage("cannot read the label map " + map + ": it is a JPEG file, and a label map is a PNG file");
        Files.delete(map);
        assertThatIOException().isThrownBy(() -> images.labelMap(0))
                .withMessage("cannot read " + map + ": there is no such file");
    }

    @Test
    void refusesClassesThatAreNone() {
        refuses(List.of(), List.of(), "classes must be from 1 to 255, but are 0");
        refuses(IntStream.range(0, 256).mapToObj(i -> "c" + i).toList(), List.of(), "classes must be from 1 to 255, but are 256");
        refuses(List.of("sky", "sky"), List.of(), "classes must name each class once, but are [sky, sky]");
        refuses(CLASSES, List.of("void"), "ignore must name classes, but 'void' is none of [sky, road, car]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SegmentedImageSet.Config(folder, folder, CLASSES, List.of(), 2))
                .withMessage("channels must be 1 or 3, but is 2");
    }

    private void refuses(String message) {
        assertThatIllegalArgumentException().isThrownBy(this::images).withMessage(message);
    }

    private void refuses(List<String> classes, List<String> ignore, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SegmentedImageSet.Config(folder, folder, classes, ignore, 3)).withMessage(message);
    }

    private ImageSet images(List<String> ignore) {
        return new SegmentedImageSet(new SegmentedImageSet.Config(
                folder.resolve("images"), folder.resolve("maps"), CLASSES, ignore, 3));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static byte[] jpeg(int height, int width) throws IOException {
        return ImageFiles.redAndBlue(height, width, BufferedImage.TYPE_INT_RGB, "jpeg");
    }
}
