package org.latentmim.pipeline;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Component;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.Metrics;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.RunFolder;
import org.latentmim.spi.Schedule;
import org.latentmim.spi.Score;
import org.latentmim.spi.TargetEncoder;
import org.latentmim.spi.TargetUpdater;

/** One small component of every kind. */
final class FakePlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(
                Component.of(ImageSet.class, "blank", BlankImages.class, BlankImages.Config.class),
                Component.of(MaskSampler.class, "random", RandomMask.class, RandomMask.Config.class),
                Component.of(MaskSampler.class, "none", NoMask.class),
                Component.of(Encoder.class, "tiny", TinyEncoder.class, TinyEncoder.Config.class),
                Component.of(Decoder.class, "tiny", TinyDecoder.class),
                Component.of(TargetUpdater.class, "momentum", Momentum.class, Momentum.Config.class),
                Component.of(TargetUpdater.class, "pixels", Pixels.class),
                Component.of(ReconstructionLoss.class, "contrast", Contrast.class, Contrast.Config.class),
                Component.of(Evaluator.class, "neighbors", Neighbors.class, Neighbors.Config.class),
                Component.of(MetricSink.class, "jsonl", Jsonl.class));
    }

    record BlankImages(Config config) implements ImageSet {
        record Config(@Default("8") int size, @Default("3") int channels, Optional<Path> folder) {}

        @Inject BlankImages {}

        @Override
        public int size() {
            return config.size();
        }

        @Override
        public int channels() {
            return config.channels();
        }

        @Override
        public ImageData read(int index) {
            return new ImageData.Pixels(1, 1, channels(), new byte[channels()]);
        }

        @Override
        public String id(int index) {
            return "blank " + index;
        }
    }

    static final class RandomMask implements MaskSampler {
        @Meaning("Any patches")
        record Config(
                @Meaning("patches that are seen") int visible,
                @Meaning("kinds of noise") @Default("white-noise") Noise noise,
                @Meaning("how many over the run") @Default("{from: 1.0, to: 0.5, shape: linear}") Schedule share) {
            enum Noise { WHITE_NOISE, PINK_NOISE }

            Config {
                if (visible < 1) {
                    throw new IllegalArgumentException("visible must be at least 1, but is " + visible);
                }
            }
        }

        final Config config;

        @Inject
        RandomMask(Config config, PatchGrid grid) {
            if (config.visible() > grid.size()) {
                throw new IllegalArgumentException("visible must be at most " + grid.size() + ", but is " + config.visible());
            }
            this.config = config;
        }

        @Override
        public PatchMask sample(MaskContext context) {
            throw new UnsupportedOperationException();
        }
    }

    static final class NoMask implements MaskSampler {
        @Inject
        NoMask() {}

        @Override
        public PatchMask sample(MaskContext context) {
            throw new UnsupportedOperationException();
        }
    }

    static final class TinyEncoder implements Encoder {
        record Config(@Default("4") int width, @Default("1") int depth, @Default("false") boolean broken) {}

        private final Config config;
        private final Parameters parameters = new Parameters();

        @Inject
        TinyEncoder(Config config) {
            if (config.broken()) {
                throw new UnsupportedOperationException("broken on purpose");
            }
            this.config = config;
            parameters.learn("weight", torch.rand(config.width()));
        }

        @Override
        public Tensor encode(Patches patches) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Tensor> blocks(Patches patches, int last) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int prefixTokens() {
            return 1;
        }

        @Override
        public int width() {
            return config.width();
        }

        @Override
        public Parameters parameters() {
            return parameters;
        }
    }

    static final class TinyDecoder implements Decoder {
        final DecoderShape shape;
        private final Parameters parameters = new Parameters();

        @Inject
        TinyDecoder(DecoderShape shape) {
            this.shape = shape;
            parameters.learn("weight", torch.rand(shape.targetWidth()));
        }

        @Override
        public Tensor predict(Tensor visible, Tensor visibleIds, Tensor maskedIds) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Parameters parameters() {
            return parameters;
        }
    }

    static class Pixels implements TargetUpdater {
        private final PatchGrid grid;

        @Inject
        Pixels(PatchGrid grid) {
            this.grid = grid;
        }

        @Override
        public void update(Progress progress) {}

        @Override
        public Tensor targets(MaskedPatches patches) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int width() {
            return grid.valuesPerPatch();
        }

        @Override
        public Parameters parameters() {
            return Parameters.NONE;
        }
    }

    static final class Momentum implements TargetUpdater {
        record Config(@Default("0.99") double from, @Default("1.0") double to) {}

        final Encoder online;
        final Encoder target;

        @Inject
        Momentum(Config config, @OnlineEncoder Encoder online, @TargetEncoder Encoder target) {
            this.online = online;
            this.target = target;
        }

        @Override
        public void update(Progress progress) {}

        @Override
        public Tensor targets(MaskedPatches patches) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int width() {
            return target.width();
        }

        @Override
        public Parameters parameters() {
            return target.parameters();
        }
    }

    record Contrast(Config config) implements ReconstructionLoss {
        record Config(@Default("0.2") double temperature) {}

        @Inject Contrast {}

        @Override
        public Tensor loss(Reconstruction reconstruction, Progress progress) {
            throw new UnsupportedOperationException();
        }
    }

    record Neighbors(Config config) implements Evaluator {
        record Config(@Default("[1, 20]") List<Integer> neighbors, OptionalInt limit) {}

        @Inject Neighbors {}

        @Override
        public List<Score> evaluate(EvaluationTask task) {
            return List.of();
        }
    }

    record Jsonl(Path folder) implements MetricSink {
        @Inject
        Jsonl(@RunFolder Path folder) {
            this.folder = folder;
        }

        @Override
        public void record(Metrics metrics) {}

        @Override
        public void close() {}
    }
}
