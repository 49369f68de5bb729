package org.latentmim.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.latentmim.data.LabelMapFile;
import org.latentmim.spi.LabelMap;

class IndexedPngTest {

    @Test
    void givesBackWhatWasWritten() throws IOException {
        byte[] labels = new byte[20 * 13];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) i;
        }
        LabelMap read = LabelMapFile.read(IndexedPng.write(new LabelMap(20, 13, labels)));
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
}
