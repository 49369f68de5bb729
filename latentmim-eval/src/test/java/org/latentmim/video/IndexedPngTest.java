package org.latentmim.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.latentmim.spi.LabelMap;

class IndexedPngTest {

    @Test
    void givesBackWhatWasWritten() throws IOException {
        byte[] labels = new byte[20 * 13];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) i;
        }
        LabelMap read = IndexedPng.read(IndexedPng.write(new LabelMap(20, 13, labels)));
        assertThat(read.height()).isEqualTo(20);
        assertThat(read.width()).isEqualTo(13);
        assertThat(read.classes()).isEqualTo(labels);
    }

    /** The colours that the official tools write. */
    @Test
    void coloursLabelsAsDavisDoes() throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(
                IndexedPng.write(new LabelMap(1, 6, new byte[] {0, 1, 2, 9, 22, (byte) 255}))));
        assertThat(image.getColorModel()).isInstanceOfSatisfying(IndexColorModel.class,
                colours -> assertThat(colours.getMapSize()).isEqualTo(256));
        int[] shown = new int[6];
        for (int i = 0; i < 6; i++) {
            shown[i] = image.getRGB(i, 0) & 0xffffff;
        }
        assertThat(shown).containsExactly(0x000000, 0x800000, 0x008000, 0xc00000, 0x00c080, 0xe0e0c0);
    }

    @Test
    void readsTheLevelsOfAGreyImage() throws IOException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, 3, 1, new byte[] {0, 7, (byte) 255});
        assertThat(IndexedPng.read(png(image)).classes()).containsExactly(0, 7, 255);
    }

    @Test
    void readsAPaletteOfAFewBits() throws IOException {
        BufferedImage image = new BufferedImage(9, 2, BufferedImage.TYPE_BYTE_BINARY);
        image.getRaster().setSample(8, 1, 0, 1);
        byte[] labels = IndexedPng.read(png(image)).classes();
        assertThat(labels[17]).isEqualTo((byte) 1);
        assertThat(labels).containsOnly(0, 1);
    }

    @Test
    void saysWhatIsNoMask() throws IOException {
        byte[] coloured = png(new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB));
        assertThatIOException().isThrownBy(() -> IndexedPng.read(coloured))
                .withMessage("it has neither a palette nor 8 bits of grey");
        byte[] deep = png(new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY));
        assertThatIOException().isThrownBy(() -> IndexedPng.read(deep))
                .withMessage("it has neither a palette nor 8 bits of grey");
        assertThatIOException().isThrownBy(() -> IndexedPng.read(new byte[] {1, 2, 3}))
                .withMessage("its 3 bytes are no image");
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
