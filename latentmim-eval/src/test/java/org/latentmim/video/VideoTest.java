package org.latentmim.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.LabelMap;

class VideoTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void writeVideos() throws IOException {
        MovingSquare.write(folder, "b", 3, 8, 1);
        MovingSquare.write(folder, "a", 4, 8, 1);
    }

    @Test
    void findsTheVideosInTheOrderOfTheirNames() throws IOException {
        Files.createDirectory(folder.resolve("JPEGImages/480p/.hidden"));
        Files.createFile(folder.resolve("JPEGImages/480p/a/notes.txt"));
        List<Video> videos = Video.in(folder, List.of());
        assertThat(videos).extracting(Video::name).containsExactly("a", "b");
        assertThat(videos.get(0).frames()).extracting(file -> file.getFileName().toString())
                .containsExactly("00000.jpg", "00001.jpg", "00002.jpg", "00003.jpg");
        assertThat(videos.get(1).masks()).extracting(file -> file.getFileName().toString())
                .containsExactly("00000.png", "00001.png", "00002.png");
        assertThat(Video.in(folder, List.of("b"))).extracting(Video::name).containsExactly("b");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Path frames = folder.resolve("JPEGImages/480p");
        Path masks = folder.resolve("Annotations/480p");
        refuses(folder, List.of("c"),
                "video-segmentation needs frames and masks of 'c', but there is no folder " + frames.resolve("c"));
        Files.delete(masks.resolve("a/00001.png"));
        refuses(folder, List.of(),
                "video-segmentation needs every mask of 'a', but there is no " + masks.resolve("a/00001.png"));
        Files.delete(frames.resolve("a/00001.jpg"));
        refuses(folder, List.of(),
                "video-segmentation needs every frame of 'a', but there is no " + frames.resolve("a/00001.jpg"));
        Files.delete(frames.resolve("b/00002.jpg"));
        refuses(folder, List.of("b"),
                "video-segmentation needs every frame of 'b', but there is no " + frames.resolve("b/00002.jpg"));
        Files.delete(masks.resolve("b/00002.png"));
        refuses(folder, List.of("b"), "video-segmentation needs at least 3 frames to judge by, named as 00000.jpg, but 'b' has 2");
        MovingSquare.image(folder, "d", "00000.jpg", new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));
        refuses(folder, List.of("d"),
                "video-segmentation needs frames and masks of 'd', but there is no folder " + masks.resolve("d"));
    }

    @Test
    void saysWhereThereAreNoVideos() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        Path frames = elsewhere.resolve("JPEGImages/480p");
        refuses(elsewhere, List.of(), "video-segmentation needs a folder " + frames + ", and there is none");
        Files.createDirectories(frames);
        Path masks = elsewhere.resolve("Annotations/480p");
        refuses(elsewhere, List.of(), "video-segmentation needs a folder " + masks + ", and there is none");
        Files.createDirectories(masks);
        refuses(elsewhere, List.of(), "video-segmentation finds no videos in " + frames);
    }

    @Test
    void saysWhichMaskHasAnotherSize() throws IOException {
        MovingSquare.mask(folder, "a", "00002.png", new LabelMap(2, 3, new byte[6]));
        Path masks = folder.resolve("Annotations/480p/a");
        assertThatIllegalArgumentException().isThrownBy(() -> Video.in(folder, List.of("a")).get(0).truth())
                .withMessage("video-segmentation needs masks of one size, but " + masks.resolve("00002.png")
                        + " has 2 x 3 pixels and " + masks.resolve("00000.png") + " 96 x 192 pixels");
    }

    @Test
    void saysWhichFrameHasAnotherSizeThanItsMask() throws IOException {
        MovingSquare.image(folder, "a", "00002.jpg", new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB));
        Video video = Video.in(folder, List.of("a")).get(0);
        VideoFrames frames = new VideoFrames(video, 3, video.truth().get(0), 64, 8);
        assertThat(frames.read(1)).isInstanceOf(ImageData.Pixels.class);
        assertThatIllegalArgumentException().isThrownBy(() -> frames.read(2))
                .withMessage("video-segmentation needs frames of the size of their masks, but " + video.frames().get(2)
                        + " has 20 x 30 pixels and its mask 96 x 192 pixels");
    }

    @Test
    void saysThatThereIsNothingToFollow() throws IOException {
        MovingSquare.mask(folder, "a", "00000.png", new LabelMap(96, 192, new byte[96 * 192]));
        assertThatIllegalArgumentException().isThrownBy(() -> Video.in(folder, List.of("a")).get(0).truth())
                .withMessage("video-segmentation needs an object to follow, but "
                        + folder.resolve("Annotations/480p/a/00000.png") + " has none");
    }

    @Test
    void saysWhichMaskCannotBeRead() throws IOException {
        Path broken = folder.resolve("Annotations/480p/a/00001.png");
        Files.write(broken, new byte[] {1, 2, 3});
        assertThatIOException().isThrownBy(() -> Video.in(folder, List.of("a")).get(0).truth())
                .withMessage("cannot read " + broken + ": its 3 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file");
    }

    @Test
    void saysThatAPatchIsLargerThanTheFrame() throws IOException {
        Video video = Video.in(folder, List.of("a")).get(0);
        LabelMap first = video.truth().get(0);
        assertThatIllegalArgumentException().isThrownBy(() -> new VideoFrames(video, 3, first, 64, 80))
                .withMessage("video-segmentation shows frames of 64 x 128 pixels, which have no room for a patch of 80");
    }

    @Test
    void twoHundredAndFiftyFiveIsTheObjectWhereThereIsNoOther() throws IOException {
        MovingSquare.write(folder, "2016", 3, 8, 255);
        List<LabelMap> truth = Video.in(folder, List.of("2016")).get(0).truth();
        assertThat(truth).allSatisfy(mask -> assertThat(Video.objects(mask)).isEqualTo(1));
        assertThat(truth.get(0).at(8, 16)).isEqualTo(1);
        assertThat(truth.get(2).at(8, 31)).isZero();
        assertThat(truth.get(2).at(8, 32)).isEqualTo(1);
    }

    @Test
    void twoHundredAndFiftyFiveIsNothingBesideObjects() throws IOException {
        byte[] labels = new byte[96 * 192];
        labels[0] = 2;
        labels[1] = (byte) 255;
        MovingSquare.mask(folder, "a", "00000.png", new LabelMap(96, 192, labels));
        labels[0] = (byte) 255;
        MovingSquare.mask(folder, "a", "00001.png", new LabelMap(96, 192, labels));
        List<LabelMap> truth = Video.in(folder, List.of("a")).get(0).truth();
        assertThat(truth.get(0).at(0, 0)).isEqualTo(2);
        assertThat(truth.get(0).at(0, 1)).isZero();
        assertThat(Video.objects(truth.get(0))).isEqualTo(2);
        assertThat(truth.get(1).classes()).containsOnly(0);
    }

    /** 854 x 480 pixels become 832 x 480, upright or not; what is no whole patch is cut off. */
    @Test
    void framesHaveTheSizeThatDinoGivesThem() throws IOException {
        Video video = Video.in(folder, List.of("a")).get(0);
        assertThat(grid(video, 480, 854, 480, 8)).containsExactly(60, 104);
        assertThat(grid(video, 854, 480, 480, 16)).containsExactly(52, 30);
        assertThat(grid(video, 480, 854, 480, 14)).containsExactly(34, 59);
        assertThat(grid(video, 480, 480, 480, 8)).as("a square lies down").containsExactly(60, 56);
        assertThat(grid(video, 1080, 1920, 480, 8)).containsExactly(60, 104);
    }

    @Test
    void framesAreCutToWholePatchesAndGreyIfAskedFor() throws IOException {
        Video video = Video.in(folder, List.of("a")).get(0);
        ImageData.Pixels colour = (ImageData.Pixels) new VideoFrames(video, 3, video.truth().get(0), 96, 10).read(0);
        assertThat(colour).extracting(ImageData.Pixels::height, ImageData.Pixels::width).containsExactly(90, 190);
        int yellow = (20 * 190 + 30) * 3;
        assertThat(Byte.toUnsignedInt(colour.values()[yellow])).as("red").isBetween(220, 255);
        assertThat(Byte.toUnsignedInt(colour.values()[yellow + 2])).as("blue").isBetween(0, 60);
        ImageData.Pixels grey = (ImageData.Pixels) new VideoFrames(video, 1, video.truth().get(0), 96, 10).read(0);
        assertThat(grey.values()).hasSize(90 * 190);
        assertThat(Byte.toUnsignedInt(grey.values()[20 * 190 + 30])).as("0.3 red and 0.59 green").isBetween(190, 220);
    }

    private static int[] grid(Video video, int height, int width, int size, int patch) {
        VideoFrames frames = new VideoFrames(video, 3, new LabelMap(height, width, new byte[height * width]), size, patch);
        return new int[] {frames.rows(), frames.columns()};
    }

    private static void refuses(Path folder, List<String> names, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> Video.in(folder, names)).withMessage(message);
    }
}
