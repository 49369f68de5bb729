package org.latentmim.video;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;
import org.latentmim.spi.LabelMap;

/** Writes videos as DAVIS lays them out: bright squares that move over a dark background, 96 x 192 pixels. */
final class MovingSquare {

    static final int HEIGHT = 96;
    static final int WIDTH = 192;
    private static final int SIDE = 32;

    private MovingSquare() {}

    /**
     * @param step how many pixels the square moves to the right from frame to frame
     * @param label of the square in the masks; a second one below, which stays in its place, has the next if it is below 255
     */
    static void write(Path folder, String video, int frames, int step, int label) throws IOException {
        for (int i = 0; i < frames; i++) {
            String number = String.format(Locale.ROOT, "%05d", i);
            BufferedImage frame = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
            Random noise = new Random(7);
            for (int y = 0; y < HEIGHT; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    frame.setRGB(x, y, 0x102040 + noise.nextInt(8));
                }
            }
            byte[] mask = new byte[HEIGHT * WIDTH];
            square(frame, mask, 8, 16 + i * step, 0xf0e020, label);
            if (label < 255) {
                square(frame, mask, 56, 80, 0xd02080, label + 1);
            }
            image(folder, video, number + ".jpg", frame);
            mask(folder, video, number + ".png", new LabelMap(HEIGHT, WIDTH, mask));
        }
    }

    static void image(Path folder, String video, String name, BufferedImage image) throws IOException {
        Path file = folder.resolve("JPEGImages/480p").resolve(video).resolve(name);
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "jpg", file.toFile());
    }

    static void mask(Path folder, String video, String name, LabelMap mask) throws IOException {
        Path file = folder.resolve("Annotations/480p").resolve(video).resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, IndexedPng.write(mask));
    }

    private static void square(BufferedImage frame, byte[] mask, int top, int left, int colour, int label) {
        Graphics2D graphics = frame.createGraphics();
        graphics.setColor(new Color(colour));
        graphics.fillRect(left, top, SIDE, SIDE);
        graphics.dispose();
        for (int y = top; y < top + SIDE; y++) {
            for (int x = left; x < Math.min(WIDTH, left + SIDE); x++) {
                mask[y * WIDTH + x] = (byte) label;
            }
        }
    }
}
