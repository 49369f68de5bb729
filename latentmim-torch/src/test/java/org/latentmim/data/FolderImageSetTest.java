package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

class FolderImageSetTest {

    @TempDir
    Path folder;

    @Test
    void findsImagesByTheirEndingSortedByPath() throws IOException {
        write("b.JPG", "a.jpeg", "sub/deep/c.Png", "d.bmp", "e.webp", "f.gif", "g.tif", "h.TIFF");
        write("notes.txt", "jpg", "x.jpg.bak");

        assertThat(ids(images()))
                .containsExactly("a.jpeg", "b.JPG", "d.bmp", "e.webp", "f.gif", "g.tif", "h.TIFF", "sub/deep/c.Png");
    }

    @Test
    void skipsHiddenFilesAndFolders() throws IOException {
        write("a.jpg", "._a.jpg", ".thumbnails/a.jpg");

        assertThat(ids(images())).containsExactly("a.jpg");
    }

    @Test
    void takesSubFoldersForClassesIfEveryImageLiesInOne() throws IOException {
        write("dog/2.jpg", "cat/old/1.jpg", "cat/3.jpg", "cat-like/4.jpg", "readme.txt");

        ImageSet images = images();

        assertThat(ids(images)).containsExactly("cat-like/4.jpg", "cat/3.jpg", "cat/old/1.jpg", "dog/2.jpg");
        assertThat(images.classes()).containsExactly("cat", "cat-like", "dog");
        assertThat(IntStream.range(0, 4).map(images::label)).containsExactly(1, 0, 0, 2);
    }

    @Test
    void hasNoClassesIfAnImageLiesInTheFolderItself() throws IOException {
        write("dog/2.jpg", "1.jpg");

        assertThat(images().classes()).isEmpty();
        assertThat(images().label(0)).isEqualTo(ImageSet.NO_LABEL);
    }

    @Test
    void readsFilesWhenAsked() throws IOException {
        write("a.jpg");
        ImageSet images = images();
        Files.write(folder.resolve("a.jpg"), new byte[] {1, 2, 3});

        assertThat(((ImageData.Encoded) images.read(0)).bytes()).containsExactly(1, 2, 3);
        assertThat(images.channels()).isEqualTo(3);
    }

    @Test
    void namesTheFileThatCannotBeRead() throws IOException {
        write("a.jpg");
        ImageSet images = images();
        Files.delete(folder.resolve("a.jpg"));

        assertThatThrownBy(() -> images.read(0)).isInstanceOf(IOException.class)
                .hasMessage("cannot read " + folder.resolve("a.jpg") + ": there is no such file");
    }

    @Test
    void followsLinksWithoutLooping() throws IOException {
        write("a/1.jpg");
        Files.createSymbolicLink(folder.resolve("a/loop"), folder);
        Files.createSymbolicLink(folder.resolve("b"), folder.resolve("a"));
        Files.createSymbolicLink(folder.resolve("a/2.jpg"), folder.resolve("a/1.jpg"));
        Files.createSymbolicLink(folder.resolve("a/nowhere.jpg"), folder.resolve("missing"));

        assertThat(ids(images())).containsExactly("a/1.jpg", "a/2.jpg", "a/nowhere.jpg", "b/1.jpg", "b/2.jpg", "b/nowhere.jpg");
    }

    @Test
    void refusesFoldersThatDoNotExist() {
        Path missing = folder.resolve("missing");

        assertThatThrownBy(() -> images(missing)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no folder " + missing);
    }

    @Test
    void takesOneImageFileForASetOfOne() throws IOException {
        write("a.jpg", "dog/b.PNG");

        ImageSet one = images(folder.resolve("dog/b.PNG"));

        assertThat(ids(one)).containsExactly("b.PNG");
        assertThat(one.classes()).isEmpty();
        assertThat(((ImageData.Encoded) one.read(0)).bytes()).isEqualTo(Files.readAllBytes(folder.resolve("dog/b.PNG")));
    }

    @Test
    void refusesOtherFiles() throws IOException {
        write("notes.txt");
        Path file = folder.resolve("notes.txt");

        assertThatThrownBy(() -> images(file)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file + " is neither a folder nor an image (jpg, jpeg, png, bmp, webp, gif, tif, tiff)");
    }

    @Test
    void refusesFoldersWithoutImages() throws IOException {
        write("notes.txt");

        assertThatThrownBy(this::images).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are no images in " + folder + " (looked for jpg, jpeg, png, bmp, webp, gif, tif, tiff)");
    }

    @Test
    void refusesFoldersThatCannotBeRead() throws IOException {
        write("secret/a.jpg");
        Path secret = folder.resolve("secret");
        assumeTrue(secret.getFileSystem().supportedFileAttributeViews().contains("posix"), "needs permissions");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        try {
            assumeFalse(Files.isReadable(secret), "the user may read everything");
            assertThatThrownBy(this::images).isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("cannot read " + folder + ": " + secret + ": permission denied");
        } finally {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void refusesChannelsThatFilesDoNotHave() {
        assertThatThrownBy(() -> new FolderImageSet.Config(folder, 4)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("channels must be 1 or 3, but is 4");
    }

    private void write(String... names) throws IOException {
        for (String name : names) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.write(folder.resolve(name), new byte[] {0});
        }
    }

    private ImageSet images() {
        return images(folder);
    }

    private static ImageSet images(Path path) {
        return new FolderImageSet(new FolderImageSet.Config(path, 3));
    }

    private static Stream<String> ids(ImageSet images) {
        return IntStream.range(0, images.size()).mapToObj(images::id);
    }
}
