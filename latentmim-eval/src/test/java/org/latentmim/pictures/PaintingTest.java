package org.latentmim.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.data.EvaluationView;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;

/** Each kind of picture on features made by hand: an object on a ground. */
class PaintingTest {

    private static final int CELL = 5;
    private static final int BETWEEN = 6;
    private static final PatchGrid GRID = new PatchGrid(8, 10, CELL, 0, 3);
    private static final int BRIGHTEST = 0xfffde725;
    private static final int DARKEST = 0xff440154;

    @TempDir
    private Path folder;

    private PointerScope scope;
    private Album album;

    @BeforeEach
    void open() {
        scope = new PointerScope();
        album = new Album(folder);
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void patchesLikeTheFramedOneAreBright() throws IOException {
        SimilarityPictures.paint(album, List.of(scene(1), scene(2)), List.of(new Point(0.5, 0.5), new Point(0, 1)));

        List<Picture> pictures = album.finish();

        assertThat(pictures).containsExactly(
                new Picture("similarity-1.png", "image 1", "The image; then the cosine similarity of every patch to the framed one,"
                        + " dark to bright over 0.00 to 1.00, 0.00 to 1.00.", "Similar patches"),
                new Picture("similarity-2.png", "image 2", pictures.get(0).caption(), "Similar patches"));
        BufferedImage picture = read("similarity-1.png");
        assertThat(picture.getWidth()).isEqualTo(3 * GRID.width() + 2 * BETWEEN);
        for (int id = 0; id < GRID.cells(); id++) {
            assertThat(cell(picture, 0, id)).isEqualTo(0xff808080);
            if (Math.abs(GRID.row(id) - 4) > 1 || Math.abs(GRID.column(id) - 5) > 1) { // the frame covers some of the others
                assertThat(cell(picture, 1, id)).as("cell " + id).isEqualTo(isObject(id) ? BRIGHTEST : DARKEST);
            }
            if (GRID.row(id) < 6 || GRID.column(id) > 1) {
                assertThat(cell(picture, 2, id)).as("cell " + id).isEqualTo(isObject(id) ? DARKEST : BRIGHTEST);
            }
        }
        assertThat(picture.getRGB(GRID.width() + BETWEEN + 5 * CELL - 2, 4 * CELL)).as("the frame").isEqualTo(0xffffffff);
    }

    @Test
    void theGroundAtTheBorderIsLeftOut() throws IOException {
        ComponentPictures.paint(album, List.of(scene(1), scene(2)));
        BufferedImage picture = read("components-1.png");
        int object = cell(picture, 1, GRID.id(4, 5));
        int ground = cell(picture, 1, 0);
        assertThat(object).isNotEqualTo(ground);
        for (int id = 0; id < GRID.cells(); id++) {
            assertThat(cell(picture, 1, id)).isEqualTo(isObject(id) ? object : ground);
            assertThat(cell(picture, 2, id) >>> 24).isEqualTo(isObject(id) ? 0xff : 0);
        }
    }

    @Test
    void pointsAndPatchesHaveTheColourOfTheirCluster() throws IOException {
        ClusterPictures.paint(album, List.of(scene(1), scene(2)));
        assertThat(album.finish()).extracting(Picture::file).containsExactly("patches.png", "clusters-1.png", "clusters-2.png");
        BufferedImage picture = read("clusters-2.png");
        for (int id = 0; id < GRID.cells(); id++) {
            assertThat(cell(picture, 1, id)).isEqualTo(Colors.group(isObject(id) ? 1 : 0)); // the ground is larger
        }
        BufferedImage plane = read("patches.png");
        assertThat(IntStream.range(0, 640 * 640).map(i -> plane.getRGB(i % 640, i / 640)).filter(colour -> colour >>> 24 == 0xff))
                .contains(Colors.group(0), Colors.group(1));
    }

    @Test
    void tooFewPatchesHaveNoPlane() throws IOException {
        ClusterPictures.paint(album, List.of(scene(1)));
        assertThat(album.finish()).isEmpty();
    }

    @Test
    void theNearestImagesStandInOrderWithoutTheImageItself() throws IOException {
        EvaluationView view = new EvaluationView(new PatchGrid(2, 2, 4, 0, 3), 8);
        GalleryPicture.paint(album, new Greys(), new Angles(), view, new int[] {3, 0});
        assertThat(album.finish()).singleElement().extracting(Picture::caption).isEqualTo(
                "Left an image, right of it the 5 that are most like it among the 6 others, by cosine similarity of their"
                        + " features, the nearest first.");
        BufferedImage picture = read("neighbors.png");
        int side = 112;
        int first = side + BETWEEN + side / 8 + BETWEEN;
        int[] ofThree = {2, 4, 1, 5, 0};
        int[] ofNought = {1, 2, 3, 4, 5};
        assertThat(picture.getRGB(side / 2, side / 2) & 0xff).isEqualTo(Greys.level(3));
        for (int i = 0; i < 5; i++) {
            int x = first + i * (side + BETWEEN) + side / 2;
            assertThat(picture.getRGB(x, side / 2) & 0xff).isEqualTo(Greys.level(ofThree[i]));
            assertThat(picture.getRGB(x, side + BETWEEN + side / 2) & 0xff).isEqualTo(Greys.level(ofNought[i]));
        }
    }

    @Test
    void theListSaysWhatIsWhere() throws IOException {
        ComponentPictures.paint(album, List.of(scene(1)));
        album.finish();
        JsonNode list = new ObjectMapper().readTree(folder.resolve("pictures.json").toFile());
        assertThat(list).hasSize(1);
        assertThat(list.get(0).path("file").asText()).isEqualTo("components-1.png");
        assertThat(list.get(0).path("title").asText()).isEqualTo("image 1");
        assertThat(list.get(0).path("group").asText()).isEqualTo("Principal components");
        assertThat(list.get(0).path("caption").asText()).startsWith("The image; the three main directions");
    }

    @Test
    void coloursGrowFromDarkToBright() {
        assertThat(Colors.scale(-3, 0, 1)).isEqualTo(DARKEST);
        assertThat(Colors.scale(9, 0, 1)).isEqualTo(BRIGHTEST);
        assertThat(Colors.scale(5, 5, 5)).as("where all is the same").isEqualTo(DARKEST);
        double[] light = IntStream.rangeClosed(0, 100).map(i -> Colors.scale(i, 0, 100))
                .mapToDouble(c -> 0.2126 * (c >> 16 & 0xff) + 0.7152 * (c >> 8 & 0xff) + 0.0722 * (c & 0xff)).toArray();
        assertThat(IntStream.range(1, 101)).allSatisfy(i -> assertThat(light[i]).isGreaterThan(light[i - 1]));
        assertThat(Colors.of(-1, 0.5, 2)).isEqualTo(0xff0080ff);
    }

    @Test
    void tablesAreEven() {
        List<BufferedImage> six = IntStream.range(0, 6).mapToObj(i -> Panels.canvas(10, 4)).toList();
        BufferedImage table = Panels.table(six, 4);
        assertThat(table.getWidth()).isEqualTo(3 * 10 + 2 * BETWEEN);
        assertThat(table.getHeight()).isEqualTo(2 * 4 + BETWEEN);
    }

    @Test
    void pointsLieInCells() {
        assertThat(new Point(1, 0).column(10)).isEqualTo(9);
        assertThat(new Point(1, 0).row(8)).isZero();
        assertThat(new Point(0.5, 0.5).column(10)).isEqualTo(5);
        assertThatIllegalArgumentException().isThrownBy(() -> new Point(0.5, 1.01))
                .withMessage("a point must lie between 0,0 and 1,1, but is 0.5,1.01");
    }

    private static boolean isObject(int id) {
        int row = GRID.row(id);
        int column = GRID.column(id);
        return row >= 2 && row <= 6 && column >= 3 && column <= 7;
    }

    private static Scene scene(int number) {
        double[] features = new double[2 * GRID.cells()];
        Arrays.setAll(features, i -> isObject(i / 2) == (i % 2 == 0) ? 2.0 : 0);
        BufferedImage photo = Panels.cells(GRID, id -> 0xff808080);
        return new Scene(number, "image " + number, GRID, photo, null, AbstractTensor.create(features, GRID.cells(), 2));
    }

    private BufferedImage read(String file) throws IOException {
        return ImageIO.read(folder.resolve(file).toFile());
    }

    /** The colour in the middle of a cell of one of the panels. */
    private static int cell(BufferedImage picture, int panel, int id) {
        return picture.getRGB(panel * (GRID.width() + BETWEEN) + GRID.column(id) * CELL + CELL / 2,
                GRID.row(id) * CELL + CELL / 2);
    }

    /** Seven plain images. */
    private static final class Greys implements ImageSet {

        static int level(int index) {
            return 20 + 30 * index;
        }

        @Override
        public int size() {
            return 7;
        }

        @Override
        public int channels() {
            return 3;
        }

        @Override
        public ImageData read(int index) {
            byte[] values = new byte[8 * 8 * 3];
            Arrays.fill(values, (byte) level(index));
            return new ImageData.Pixels(8, 8, 3, values);
        }

        @Override
        public String id(int index) {
            return "grey " + index;
        }
    }

    /** Each image as a direction, each farther from the next one. */
    private static final class Angles implements Representation {

        private static final double[] DEGREES = {0, 10, 21, 33, 46, 60, 75};

        @Override
        public String name() {
            return "angles";
        }

        @Override
        public String protocol() {
            return "angles";
        }

        @Override
        public Tensor features(ImageSet images) {
            double[] values = Arrays.stream(DEGREES).map(Math::toRadians)
                    .flatMap(angle -> Arrays.stream(new double[] {7 * Math.cos(angle), 7 * Math.sin(angle)})).toArray();
            return AbstractTensor.create(values, 7, 2);
        }
    }
}
