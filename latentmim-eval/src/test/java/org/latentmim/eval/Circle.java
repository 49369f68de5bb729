package org.latentmim.eval;

import java.util.List;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;

/** Images that are points on a circle. */
record Circle(int[] degrees, int[] labels) implements ImageSet {

    @Override
    public int size() {
        return degrees.length;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public ImageData read(int index) {
        throw new AssertionError("the features need no pixels");
    }

    @Override
    public String id(int index) {
        return degrees[index] + " degrees";
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public List<String> classes() {
        return List.of("right", "up");
    }

    /** Their places. */
    static class Angles implements Representation {

        @Override
        public String name() {
            return "angles";
        }

        @Override
        public String protocol() {
            return "points on a circle";
        }

        @Override
        public Tensor features(ImageSet images) {
            float[] values = new float[2 * images.size()];
            for (int i = 0; i < images.size(); i++) {
                double angle = Math.toRadians(((Circle) images).degrees()[i]);
                values[2 * i] = (float) Math.cos(angle);
                values[2 * i + 1] = (float) Math.sin(angle);
            }
            return AbstractTensor.create(values, images.size(), 2);
        }
    }
}
