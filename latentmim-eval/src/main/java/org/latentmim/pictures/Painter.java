package org.latentmim.pictures;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.preview.CutImage;

/**
 * Paints one band of an image. Three channels without bands are red, green and blue; any others are averaged to grey. What is not
 * shown is transparent.
 */
public final class Painter {

    private static final int OPAQUE = 0xff000000;
    private static final int STRIPE = 0xff808080;

    private final CutImage image;
    private final PatchGrid grid;
    private final int band;

    /** Paints a band of an image, counted from 0. */
    public Painter(CutImage image, int band) {
        this.image = image;
        this.grid = image.grid();
        this.band = band;
    }

    /** Paints all of it. */
    public BufferedImage whole() {
        BufferedImage canvas = canvas();
        paint(canvas, 0, 0, grid.height(), grid.width());
        return canvas;
    }

    /** Paints the visible patches. */
    public BufferedImage seen(PatchMask mask) {
        BufferedImage canvas = canvas();
        ofBand(mask.visible()).forEach(id -> paintPatch(canvas, id));
        return canvas;
    }

    /** Paints the patches to predict, and stripes in place of the omitted ones. */
    public BufferedImage predicted(PatchMask mask) {
        BufferedImage canvas = canvas();
        ofBand(mask.masked()).forEach(id -> paintPatch(canvas, id));
        ofBand(mask.omitted()).forEach(id -> hatchPatch(canvas, id));
        return canvas;
    }

    private BufferedImage canvas() {
        return new BufferedImage(grid.width(), grid.height(), BufferedImage.TYPE_INT_ARGB);
    }

    private IntStream ofBand(int[] ids) {
        return Arrays.stream(ids).filter(id -> grid.band(id) == band);
    }

    private void paintPatch(BufferedImage canvas, int id) {
        paint(canvas, image.top(id), image.left(id), grid.patchSize(), grid.patchSize());
    }

    private void paint(BufferedImage canvas, int top, int left, int height, int width) {
        for (int row = top; row < top + height; row++) {
            for (int column = left; column < left + width; column++) {
                canvas.setRGB(column, row, colour(row, column));
            }
        }
    }

    private void hatchPatch(BufferedImage canvas, int id) {
        int period = Math.max(2, grid.patchSize() / 4);
        for (int row = 0; row < grid.patchSize(); row++) {
            for (int column = 0; column < grid.patchSize(); column++) {
                if ((row + column) % period == 0) {
                    canvas.setRGB(image.left(id) + column, image.top(id) + row, STRIPE);
                }
            }
        }
    }

    private int colour(int row, int column) {
        int first = (row * grid.width() + column) * grid.channels() + band * grid.channelsPerPatch();
        if (grid.channels() == 3 && grid.bands() == 1) {
            return OPAQUE | value(first) << 16 | value(first + 1) << 8 | value(first + 2);
        }
        int sum = IntStream.range(first, first + grid.channelsPerPatch()).map(this::value).sum();
        return OPAQUE | sum / grid.channelsPerPatch() * 0x010101;
    }

    private int value(int index) {
        return image.pixels()[index] & 0xff;
    }
}
