package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.make_generator_cpu;
import static org.bytedeco.pytorch.global.torch.randn;

import java.util.OptionalInt;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.DecoderShape;

/** Small networks, and numbers to give to them. */
final class Networks {

    private Networks() {}

    static VisionTransformer encoder(PatchGrid grid, Positions.Kind positions, int projectorDepth) {
        return new VisionTransformer(config(16, 2, 4, positions, projectorDepth), grid);
    }

    static VisionTransformer.Config config(int width, int depth, int heads, Positions.Kind positions, int projectorDepth) {
        return new VisionTransformer.Config(VisionTransformer.Size.CUSTOM, OptionalInt.of(width), OptionalInt.of(depth),
                OptionalInt.of(heads), 4, positions, new Projector.Config(projectorDepth, 24));
    }

    static CrossAttentionDecoder decoder(DecoderShape shape, int depth, boolean visualCues, Positions.Kind positions) {
        return new CrossAttentionDecoder(new CrossAttentionDecoder.Config(16, depth, 4, 4, visualCues, positions), shape);
    }

    static Tensor normal(long seed, ScalarType type, long... shape) {
        return randn(shape, new GeneratorOptional(make_generator_cpu(seed)), new TensorOptions(type));
    }
}
