package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.make_generator_cpu;
import static org.bytedeco.pytorch.global.torch.randn;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Recomputation;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Parameters;

/** Small networks, and numbers to give to them. */
final class Networks {

    private Networks() {}

    /** What an encoder may have beside its size. */
    record Features(
            EncoderPositions.Kind positions, boolean classToken, int registers, double dropPath, OptionalDouble layerScale,
            boolean allTokens) {

        static final Features PLAIN = with(EncoderPositions.Kind.SINE_COSINE);

        static Features with(EncoderPositions.Kind positions) {
            return new Features(positions, true, 0, 0, OptionalDouble.empty(), false);
        }

        Features withPrefix(boolean classToken, int registers) {
            return new Features(positions, classToken, registers, dropPath, layerScale, allTokens);
        }

        Features withDropPath(double dropPath) {
            return new Features(positions, classToken, registers, dropPath, layerScale, allTokens);
        }

        Features withLayerScale(double initial) {
            return new Features(positions, classToken, registers, dropPath, OptionalDouble.of(initial), allTokens);
        }

        Features withAllTokens() {
            return new Features(positions, classToken, registers, dropPath, layerScale, true);
        }
    }

    static VisionTransformer encoder(PatchGrid grid, EncoderPositions.Kind positions, int projectorDepth) {
        return new VisionTransformer(config(16, 2, 4, Features.with(positions), projectorDepth), grid, Recomputation.NEVER);
    }

    static VisionTransformer encoder(PatchGrid grid, Features features) {
        return new VisionTransformer(config(16, 2, 4, features, 0), grid, Recomputation.NEVER);
    }

    static VisionTransformer.Config config(int width, int depth, int heads, Features features, int projectorDepth) {
        return new VisionTransformer.Config(VisionTransformer.Size.CUSTOM, OptionalInt.of(width), OptionalInt.of(depth),
                OptionalInt.of(heads), 4, features.positions(), features.classToken(), features.registers(), features.dropPath(),
                features.layerScale(), features.allTokens(), new Projector.Config(projectorDepth, 24));
    }

    static CrossAttentionDecoder decoder(DecoderShape shape, int depth, boolean visualCues, Positions.Kind positions) {
        return new CrossAttentionDecoder(new CrossAttentionDecoder.Config(16, depth, 4, 4, visualCues, positions), shape,
                Recomputation.NEVER);
    }

    static CrossAttentionDecoder crossAttention(DecoderShape shape) {
        return decoder(shape, 2, true, Positions.Kind.SINE_COSINE);
    }

    static CrossOnlyDecoder crossOnly(DecoderShape shape, int depth, boolean visualCues) {
        return new CrossOnlyDecoder(new CrossOnlyDecoder.Config(16, depth, 4, 4, visualCues, Positions.Kind.LEARNED), shape,
                Recomputation.NEVER);
    }

    static SelfAttentionDecoder selfAttention(DecoderShape shape, int depth, boolean visualCues) {
        return new SelfAttentionDecoder(
                new SelfAttentionDecoder.Config(16, depth, 4, 4, visualCues, Positions.Kind.SINE_COSINE), shape,
                Recomputation.NEVER);
    }

    static LinearDecoder linear(DecoderShape shape) {
        return new LinearDecoder(new LinearDecoder.Config(Positions.Kind.SINE_COSINE), shape);
    }

    static MlpDecoder mlp(DecoderShape shape, int depth) {
        return new MlpDecoder(new MlpDecoder.Config(depth, 24, Positions.Kind.SINE_COSINE), shape);
    }

    /** Makes every tensor of a network one of 64-bit floats with random numbers, zeros and ones among the initial ones too. */
    static Map<String, Tensor> randomDoubles(Parameters parameters) {
        try (NoGradGuard frozen = new NoGradGuard()) {
            long seed = 100;
            for (Tensor tensor : parameters.learning().values()) {
                tensor.set_data(normal(seed++, ScalarType.Double, tensor.shape()).mul(new Scalar(0.5)));
            }
            parameters.all().values().forEach(tensor -> tensor.set_data(tensor.to(ScalarType.Double)));
        }
        return parameters.all();
    }

    /** The largest distance between two numbers at the same place. */
    static double distance(Tensor a, Tensor b) {
        return a.detach().sub(b.detach()).abs().max().item_double();
    }

    static Tensor normal(long seed, ScalarType type, long... shape) {
        return randn(shape, new GeneratorOptional(make_generator_cpu(seed)), new TensorOptions(type));
    }
}
