package org.latentmim.data;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.opencv.global.opencv_core.addWeighted;
import static org.bytedeco.opencv.global.opencv_core.mean;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_RGB2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.pytorch.global.torch.from_blob;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;

/**
 * Random changes of colour as torchvision's ColorJitter makes them, rounded to whole levels after each: brightness multiplies,
 * contrast goes from or to the mean level, saturation from or to grey.
 */
@Meaning("Random changes of colour in random order, each by a factor between 1 - x, at least 0, and 1 + x; 0 changes nothing")
public record ColorJitter(
        @Meaning("x for brightness, at least 0") @Default("0.0") double brightness,
        @Meaning("x for contrast, at least 0") @Default("0.0") double contrast,
        @Meaning("x for saturation, at least 0; images that have not 3 channels have none") @Default("0.0") double saturation) {

    /** No change. */
    public static final ColorJitter NONE = new ColorJitter(0, 0, 0);

    public ColorJitter {
        atLeastZero(brightness, "brightness");
        atLeastZero(contrast, "contrast");
        atLeastZero(saturation, "saturation");
    }

    private static void atLeastZero(double value, String name) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(name + " must be at least 0, but is " + value);
        }
    }

    /** Returns the image in other colours. */
    NativeImage of(NativeImage image, RandomGenerator random) {
        double brighter = factor(brightness, random);
        double starker = factor(contrast, random);
        double richer = factor(saturation, random);
        List<UnaryOperator<Mat>> changes = new ArrayList<>(List.of(
                pixels -> blend(pixels, brighter, 0),
                pixels -> blend(pixels, starker, mean(grey(pixels)).get()),
                pixels -> isColour(pixels) ? blend(pixels, richer, grey(pixels)) : pixels));
        Tensor bytes = image.pixels().contiguous();
        int channels = (int) bytes.size(2);
        int together = channels == 3 ? 3 : 1; // other channels have no common meaning, so each level is a pixel
        Mat pixels = new Mat(image.height(), image.width() * channels / together, CV_8UC(together), bytes.data_ptr());
        while (!changes.isEmpty()) {
            pixels = changes.remove(random.nextInt(changes.size())).apply(pixels);
        }
        long[] shape = {image.height(), image.width(), channels};
        return new NativeImage(from_blob(pixels.data(), shape, new TensorOptions(ScalarType.Byte)));
    }

    private static double factor(double strength, RandomGenerator random) {
        double least = Math.max(0, 1 - strength);
        return least + (1 + strength - least) * random.nextDouble();
    }

    private static boolean isColour(Mat pixels) {
        return pixels.channels() == 3;
    }

    private static Mat grey(Mat pixels) {
        if (!isColour(pixels)) {
            return pixels;
        }
        Mat grey = new Mat();
        cvtColor(pixels, grey, COLOR_RGB2GRAY);
        return grey;
    }

    private static Mat blend(Mat pixels, double factor, double level) {
        Mat blended = new Mat();
        pixels.convertTo(blended, -1, factor, (1 - factor) * level);
        return blended;
    }

    private static Mat blend(Mat pixels, double factor, Mat grey) {
        Mat ofThreeChannels = new Mat();
        cvtColor(grey, ofThreeChannels, COLOR_GRAY2RGB);
        Mat blended = new Mat();
        addWeighted(pixels, factor, ofThreeChannels, 1 - factor, 0, blended);
        return blended;
    }
}
