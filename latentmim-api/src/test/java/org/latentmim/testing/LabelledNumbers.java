package org.latentmim.testing;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;

/** Images of a single number each, whose label is that number, or has nothing to do with it. */
class LabelledNumbers implements ImageSet {

    static final int CLASSES = 4;
    private static final int IMAGES = 400;

    private final int[] shown;
    private final int[] labels;

    LabelledNumbers(long seed, boolean telling) {
        Random random = new Random(seed);
        shown = random.ints(IMAGES, 0, CLASSES).toArray();
        labels = telling ? shown : random.ints(IMAGES, 0, CLASSES).toArray();
    }

    @Override
    public int size() {
        return IMAGES;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public ImageData read(int index) {
        return new ImageData.Pixels(1, 1, 1, new byte[] {(byte) shown[index]});
    }

    @Override
    public String id(int index) {
        return "image " + index;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public List<String> classes() {
        return IntStream.range(0, CLASSES).mapToObj(label -> "class " + label).toList();
    }

    /** The number as a one-hot vector with a little noise. */
    static final class Features implements Representation {

        @Override
        public String name() {
            return "test";
        }

        @Override
        public String protocol() {
            return "features of the test";
        }

        @Override
        public Tensor features(ImageSet images) throws IOException {
            Random random = new Random(11);
            float[] values = new float[images.size() * CLASSES];
            for (int i = 0; i < images.size(); i++) {
                for (int c = 0; c < CLASSES; c++) {
                    boolean own = c == ((ImageData.Pixels) images.read(i)).values()[0];
                    values[i * CLASSES + c] = (own ? 1 : 0) + (float) random.nextGaussian() * 0.05f;
                }
            }
            return AbstractTensor.create(values, images.size(), CLASSES);
        }
    }
}
