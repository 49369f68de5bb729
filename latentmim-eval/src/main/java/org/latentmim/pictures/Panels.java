package org.latentmim.pictures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.latentmim.patch.PatchGrid;

/** What pictures are put together from. What is not painted is transparent. */
final class Panels {

    private static final int BETWEEN = 6;
    private static final Color GROUND = new Color(0xb9bdc4);

    private Panels() {}

    /** Paints every cell of a grid in one colour, which is asked for by the cell's id. */
    static BufferedImage cells(PatchGrid grid, IntUnaryOperator colour) {
        BufferedImage canvas = canvas(grid.width(), grid.height());
        for (int id = 0; id < grid.cells(); id++) {
            int side = grid.cellSize();
            fill(canvas, grid.column(id) * side, grid.row(id) * side, side, colour.applyAsInt(id));
        }
        return canvas;
    }

    /** Paints a square. */
    static void fill(BufferedImage canvas, int left, int top, int side, int colour) {
        for (int y = top; y < top + side; y++) {
            for (int x = left; x < left + side; x++) {
                canvas.setRGB(x, y, colour);
            }
        }
    }

    /** Paints a round point with soft edges, over what is there. */
    static void dot(BufferedImage canvas, double x, double y, double radius, int colour) {
        Graphics2D graphics = canvas.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(new Color(colour));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        graphics.dispose();
    }

    /** Frames a cell, white in black, so that it is seen on anything. */
    static void frame(BufferedImage canvas, PatchGrid grid, int id) {
        Graphics2D graphics = canvas.createGraphics();
        int left = grid.column(id) * grid.cellSize();
        int top = grid.row(id) * grid.cellSize();
        for (int around = 1; around <= 3; around++) {
            int side = grid.cellSize() + 2 * around - 1;
            graphics.setColor(around == 2 ? Color.WHITE : Color.BLACK);
            graphics.drawRect(left - around, top - around, side, side);
        }
        graphics.dispose();
    }

    /** Enlarges without smoothing. */
    static BufferedImage scaled(BufferedImage picture, int times) {
        BufferedImage canvas = canvas(times * picture.getWidth(), times * picture.getHeight());
        for (int y = 0; y < canvas.getHeight(); y++) {
            for (int x = 0; x < canvas.getWidth(); x++) {
                canvas.setRGB(x, y, picture.getRGB(x / times, y / times));
            }
        }
        return canvas;
    }

    /** Returns a picture on a ground that tells white and black from what is not painted. */
    static BufferedImage grounded(BufferedImage picture) {
        BufferedImage canvas = canvas(picture.getWidth(), picture.getHeight());
        Graphics2D graphics = canvas.createGraphics();
        graphics.drawImage(picture, 0, 0, GROUND, null);
        graphics.dispose();
        return canvas;
    }

    /** Puts pictures of one size in as few rows as hold at most so many, all but the last of one length. */
    static BufferedImage table(List<BufferedImage> pictures, int mostInARow) {
        int rows = (pictures.size() + mostInARow - 1) / mostInARow;
        int length = (pictures.size() + rows - 1) / rows;
        return column(IntStream.range(0, rows)
                .mapToObj(row -> row(pictures.subList(row * length, Math.min(pictures.size(), (row + 1) * length))))
                .toList());
    }

    /** Puts pictures side by side. */
    static BufferedImage row(List<BufferedImage> pictures) {
        int width = pictures.stream().mapToInt(BufferedImage::getWidth).sum() + BETWEEN * (pictures.size() - 1);
        BufferedImage canvas = canvas(width, pictures.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow());
        int left = 0;
        for (BufferedImage picture : pictures) {
            paste(canvas, picture, left, 0);
            left += picture.getWidth() + BETWEEN;
        }
        return canvas;
    }

    /** Puts pictures below each other. */
    static BufferedImage column(List<BufferedImage> pictures) {
        int height = pictures.stream().mapToInt(BufferedImage::getHeight).sum() + BETWEEN * (pictures.size() - 1);
        BufferedImage canvas = canvas(pictures.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow(), height);
        int top = 0;
        for (BufferedImage picture : pictures) {
            paste(canvas, picture, 0, top);
            top += picture.getHeight() + BETWEEN;
        }
        return canvas;
    }

    private static void paste(BufferedImage canvas, BufferedImage picture, int left, int top) {
        Graphics2D graphics = canvas.createGraphics();
        graphics.drawImage(picture, left, top, null);
        graphics.dispose();
    }

    static BufferedImage canvas(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    }
}
