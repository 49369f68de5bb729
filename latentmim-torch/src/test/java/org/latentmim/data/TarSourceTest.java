package org.latentmim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;

class TarSourceTest {

    @TempDir
    private Path temporary;

    private Path tar;
    private Path packed;

    @BeforeEach
    void namePlaces() {
        tar = temporary.resolve("images.tar");
        packed = temporary.resolve("images.pack");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void packsWhatTheUnpackedFolderWouldGive(boolean compressed) throws IOException {
        List<String> names = List.of("./top/dog/b.jpg", "./top/cat/a.jpg", "./top/readme.txt", "./top/.hidden/c.jpg");
        write(compressed, names);
        for (String name : names) {
            Path file = temporary.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, image(name));
        }
        ImageSet folder = new FolderImageSet(new FolderImageSet.Config(temporary.resolve("top"), 3));

        assertThat(pack(0)).isEqualTo(new PackReport(2, List.of()));

        ImageSet images = new PackedImageSet(new PackedImageSet.Config(packed));
        assertThat(images.classes()).containsExactly("cat", "dog");
        for (int i = 0; i < 2; i++) {
            assertThat(images.id(i)).isEqualTo(folder.id(i));
            assertThat(images.label(i)).isEqualTo(folder.label(i));
            assertThat(((ImageData.Encoded) images.read(i)).bytes()).isEqualTo(((ImageData.Encoded) folder.read(i)).bytes());
        }
    }

    @Test
    void leavesOutLinksEmptyFilesAndDamagedOnes() throws IOException {
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
            add(out, "a.jpg", image("a.jpg"));
            add(out, "b.jpg", new byte[0]);
            add(out, "c.jpg", new byte[] {1, 2, 3});
            TarArchiveEntry link = new TarArchiveEntry("d.jpg", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            out.putArchiveEntry(link);
            out.closeArchiveEntry();
        }

        assertThat(pack(0.75)).isEqualTo(new PackReport(1, List.of(
                new Unreadable("b.jpg", "cannot read b.jpg of " + tar + ": it is empty"),
                new Unreadable("c.jpg", "cannot decode c.jpg: its 3 bytes are no JPEG, PNG, BMP, WebP, GIF or TIFF file"),
                new Unreadable("d.jpg", "cannot read d.jpg of " + tar + ": it is a link, or no plain file"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.jpg", "/a.jpg", "cat/../../a.txt"})
    void refusesNamesThatClimbOut(String name) throws IOException {
        write(false, List.of(name));

        assertRefused("cannot read " + tar + ": it names " + name + ", which cannot lie inside of it");
    }

    @Test
    void refusesAPathThatIsThereTwice() throws IOException {
        write(false, List.of("cat/a.jpg", "cat/a.jpg"));

        assertRefused("cannot read " + tar + ": it has cat/a.jpg twice");
    }

    @Test
    void refusesFilesThatAreNoTar() throws IOException {
        Files.write(tar, image("a.jpg"));

        assertThatThrownBy(() -> pack(0)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot read " + tar + ": it is no tar, or a damaged one (");
        assertThat(temporary).isDirectoryNotContaining(path -> path.toString().contains("pack"));
    }

    @Test
    void refusesATarThatIsCutOff() throws IOException {
        write(false, List.of("cat/a.jpg", "cat/b.jpg"));
        Files.write(tar, Arrays.copyOf(Files.readAllBytes(tar), 700));

        assertThatThrownBy(() -> pack(0)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot read " + tar + ": it is no tar, or a damaged one (");
    }

    @Test
    void refusesATarWithoutImages() throws IOException {
        write(false, List.of("readme.txt"));

        assertThatThrownBy(() -> pack(0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there are no images in " + tar + " (looked for jpg, jpeg, png, bmp, webp, gif, tif, tiff)");
    }

    @Test
    void leavesNothingBehindWhenStopped() throws IOException {
        write(false, List.of("a.jpg"));

        assertThatThrownBy(() -> packer(0).pack(tar, packed, (images, share) -> false))
                .isInstanceOf(CancellationException.class);
        assertThat(temporary).isDirectoryNotContaining(path -> path.toString().contains("pack"));
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> pack(0)).isInstanceOf(IOException.class).hasMessage(message);
        assertThat(temporary).isDirectoryNotContaining(path -> path.toString().contains("pack"));
    }

    private PackReport pack(double tolerated) throws IOException {
        return packer(tolerated).pack(tar, packed, (images, share) -> true);
    }

    private static ImagePacker packer(double tolerated) {
        return new ImagePacker(PackFormat.JPEG, OptionalInt.empty(), 3, tolerated);
    }

    private void write(boolean compressed, List<String> names) throws IOException {
        try (OutputStream file = Files.newOutputStream(tar);
                TarArchiveOutputStream out = new TarArchiveOutputStream(compressed ? new GZIPOutputStream(file) : file)) {
            for (String name : names) {
                add(out, name, image(name));
            }
        }
    }

    private static void add(TarArchiveOutputStream out, String name, byte[] bytes) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        out.putArchiveEntry(entry);
        out.write(bytes);
        out.closeArchiveEntry();
    }

    private static byte[] image(String name) throws IOException {
        return ImageFiles.redAndBlue(8 + name.length(), 9, BufferedImage.TYPE_INT_RGB, "jpg");
    }
}
