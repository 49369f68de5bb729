package org.latentmim.pictures;

import java.awt.image.BufferedImage;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Patches;

/**
 * One whole image with what an encoder says of its patches.
 *
 * @param number from 1, for file names
 * @param name what a person can find the image by
 * @param grid of the picture: a cell for each patch, as large as it is painted
 * @param photo the image in this size
 * @param shown the patches that the encoder saw
 * @param features what it said of each cell, {@code [rows * columns, D]} in 64 bits
 */
record Scene(int number, String name, PatchGrid grid, BufferedImage photo, Patches shown, Tensor features) {

    String file(String kind) {
        return kind + "-" + number + ".png";
    }
}
