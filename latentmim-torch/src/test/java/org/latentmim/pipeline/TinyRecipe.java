package org.latentmim.pipeline;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.losses.LossesPlugin;
import org.latentmim.masking.MaskingPlugin;
import org.latentmim.spi.Component;
import org.latentmim.spi.Component.NoKeys;
import org.latentmim.spi.Default;
import org.latentmim.spi.EvaluationTask;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.Score;
import org.latentmim.target.TargetPlugin;
import org.latentmim.train.TrainPlugin;
import org.latentmim.vit.VitPlugin;

/** The paper's method with everything real but small: a run of a second. */
public final class TinyRecipe {

    private static final String YAML = """
            runtime: { device: cpu, threads: 1, workers: 2 }
            run: { seed: 3, log-every: 4 }
            images:
              train: { name: stripes, size: 24 }
              mean: [0.5, 0.4, 0.3]
              deviation: [0.25, 0.2, 0.5]
            grid: { rows: 3, columns: 4, patch-size: 4, gap: 1 }
            masking: { name: random, visible: 4 }
            encoder: { name: vit, width: 16, depth: 2, heads: 2, projector: { depth: 2, width: 24 } }
            decoder: { name: cross-attention, width: 12, depth: 1, heads: 3 }
            target: { name: momentum, from: 0.9 }
            losses:
              - { name: patch-discrimination, temperature: 0.2 }
              - { name: similarity-constraint, weight: 0.5 }
            train: { epochs: 2, batch: 4, base-learning-rate: 0.1, warmup-epochs: 0.5 }
            """;

    private TinyRecipe() {}

    /** Reads the recipe with changes such as {@code train.epochs=3}. */
    public static Recipe with(String... overrides) {
        try {
            Path file = Files.createTempFile("tiny", ".yaml");
            Files.writeString(file, YAML);
            Recipe recipe = read(file, overrides);
            Files.delete(file);
            return recipe;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Recipe read(Path file, String... overrides) {
        Catalogue catalogue = Catalogue.of(List.of(new VitPlugin(), new TargetPlugin(), new LossesPlugin(), new MaskingPlugin(),
                new TrainPlugin(), new TinyPlugin()));
        return new RecipeReader(catalogue, BuiltInRecipes.NONE).read(file.toString(), List.of(overrides));
    }

    /** Images, and a measure of them. */
    public static final class TinyPlugin implements Plugin {
        @Override
        public List<Component<?>> components() {
            return List.of(
                    Component.of(ImageSet.class, "stripes", Stripes.class, Stripes.Config.class),
                    Component.of(ReconstructionLoss.class, "faulty", FaultyLoss.class, FaultyLoss.Config.class),
                    Component.of(Evaluator.class, "size", MeanSize.class));
        }
    }

    /** Noisy images of two classes: striped from left to right, or from top to bottom. */
    public static final class Stripes implements ImageSet {

        record Config(
                @Default("24") int size, @Default("15") int height, @Default("20") int width, @Default("0") int first,
                @Default("-1") int huge) {}

        private final Config config;

        @Inject
        Stripes(Config config) {
            this.config = config;
        }

        @Override
        public int size() {
            return config.size();
        }

        @Override
        public int channels() {
            return 3;
        }

        @Override
        public ImageData read(int index) {
            if (index == config.huge()) {
                return new ImageData.Pixels(1, 1, 3, new byte[Integer.MAX_VALUE]); // more than an array can hold
            }
            Random random = new Random(config.first() + index);
            byte[] values = new byte[config.height() * config.width() * 3];
            for (int i = 0; i < values.length; i++) {
                int place = label(index) == 0 ? i / 3 % config.width() : i / 3 / config.width();
                values[i] = (byte) (80 * (place / 3 % 2) + random.nextInt(100));
            }
            return new ImageData.Pixels(config.height(), config.width(), 3, values);
        }

        @Override
        public String id(int index) {
            return "stripes " + index;
        }

        @Override
        public int label(int index) {
            return index % 2;
        }

        @Override
        public List<String> classes() {
            return List.of("upright", "lying");
        }
    }

    /** How large features are: no measure of quality, but another number for other features. */
    static final class MeanSize implements Evaluator {

        @Inject
        MeanSize(NoKeys config) {}

        @Override
        public List<Score> evaluate(EvaluationTask task) throws IOException {
            Tensor features = task.representation().features(task.test());
            return List.of(new Score(
                    "mean", features.abs().mean().item_double(), "", task.test().size(), task.representation().protocol()));
        }
    }
}
