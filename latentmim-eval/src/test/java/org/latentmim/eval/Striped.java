package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.make_generator_cpu;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.data.AugmentationConfig;
import org.latentmim.data.ColorJitter;
import org.latentmim.data.EvaluationView;
import org.latentmim.data.Normalization;
import org.latentmim.patch.PatchGrid;
import org.latentmim.representation.EncoderRepresentation;
import org.latentmim.representation.ImageViews;
import org.latentmim.representation.Pooling;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.RuntimeConfig;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Representation;
import org.latentmim.train.PatchReader;

/**
 * Noisy images of 8 x 8 pixels, striped from left to right or from top to bottom.
 *
 * @param labels of the images, which tell the direction if {@code telling}
 */
record Striped(int[] labels, boolean telling, long seed) implements ImageSet {

    static final PatchGrid GRID = new PatchGrid(2, 2, 4, 0, 1);

    /** Images that show their labels, or have them by chance. */
    static Striped of(int images, boolean telling, long seed) {
        return new Striped(new Random(seed).ints(images, 0, 2).toArray(), telling, seed);
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public ImageData read(int index) {
        Random random = new Random(1000 * seed + index);
        boolean upright = random.nextBoolean();
        byte[] values = new byte[64];
        for (int i = 0; i < values.length; i++) {
            int place = (telling ? labels[index] == 1 : upright) ? i % 8 : i / 8;
            values[i] = (byte) (120 * (place / 2 % 2) + random.nextInt(80));
        }
        return new ImageData.Pixels(8, 8, 1, values);
    }

    @Override
    public String id(int index) {
        return "stripes " + index;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public List<String> classes() {
        return List.of("lying", "upright");
    }

    /** A network that looks at each patch by itself, and may be copied. */
    static final class Network implements Encoder {

        private static final int WIDTH = 16;
        private final Parameters parameters = new Parameters();
        private final Tensor embedding = weight("embed.proj.weight", 1, WIDTH, 16);
        private final Tensor inner = weight("blocks.0.weight", 2, 2 * WIDTH, WIDTH);
        private final Tensor outer = weight("blocks.0.out.weight", 3, WIDTH, 2 * WIDTH);
        private final Tensor shift = parameters.learn("blocks.0.bias", zeros(2 * WIDTH));

        private Tensor weight(String name, long seed, long rows, long columns) {
            return parameters.learn(name, randn(new long[] {rows, columns}, new GeneratorOptional(make_generator_cpu(seed)),
                    new TensorOptions(ScalarType.Float)).mul_(new Scalar(0.3)));
        }

        @Override
        public Tensor encode(Patches patches) {
            return blocks(patches, 1).get(0);
        }

        @Override
        public List<Tensor> blocks(Patches patches, int last) {
            Tensor tokens = linear(patches.values(), embedding);
            return List.of(tokens.add(linear(gelu(linear(tokens, inner, new TensorOptional(shift))), outer)));
        }

        @Override
        public int prefixTokens() {
            return 0;
        }

        @Override
        public int width() {
            return WIDTH;
        }

        @Override
        public Parameters parameters() {
            return parameters;
        }

        Network become(Network other) {
            try (NoGradGuard frozen = new NoGradGuard()) {
                parameters.all().forEach((name, tensor) -> tensor.copy_(other.parameters.all().get(name)));
            }
            return this;
        }

        /** What is judged, and learns in its copy. */
        Representation representation() {
            Compute compute = Compute.of(RuntimeConfig.of(RuntimeConfig.DeviceChoice.CPU, RuntimeConfig.Precision.FP32));
            PatchReader reader = new PatchReader(GRID, context -> {
                throw new AssertionError("nothing is hidden");
            }, new Normalization(List.of(0.4), List.of(0.2)), new Randomness(0), compute, Optional::empty);
            AugmentationConfig views =
                    new AugmentationConfig(0.5, 1, 1.3, true, ColorJitter.NONE, AugmentationConfig.Decode.FULL);
            Network copy = new Network();
            return new EncoderRepresentation("test", this, compute,
                    new ImageViews(reader, new EvaluationView(GRID, 8), views, 1), Pooling.MEAN, 1)
                    .copiedBy(() -> copy.become(this));
        }
    }
}
