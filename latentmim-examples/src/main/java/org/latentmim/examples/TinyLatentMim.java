package org.latentmim.examples;

import java.util.List;
import java.util.Map;
import org.latentmim.pipeline.RecipeDraft;

/**
 * Latent MIM in small, put together in Java: some seconds on embedded images. The recipe {@code latent-mim-tiny} is the same in
 * YAML.
 */
public final class TinyLatentMim {

    private TinyLatentMim() {}

    /** Returns the method in full, to be run as it is or changed. */
    public static RecipeDraft draft() {
        return RecipeDraft.EMPTY
                .with("name", "latent-mim-tiny")
                .with("description", "Latent MIM in small, 512 Fashion-MNIST images, 2 epochs")
                // What to learn from, and what to be judged by: images of clothes, 28 x 28 pixels, grey.
                .with("images", Map.of(
                        "train", Map.of("name", "fashion-mnist", "from", 0, "to", 512),
                        "test", Map.of("name", "fashion-mnist", "from", 9500, "to", 10000),
                        "mean", List.of(0.2860),
                        "deviation", List.of(0.3530)))
                .with("augmentation", Map.of("min-scale", 0.2, "flip", true))
                // 7 x 7 patches of 4 x 4 pixels that never touch, of which 5 are seen.
                .with("grid", Map.of("rows", 7, "columns", 7, "patch-size", 4, "gap", 1))
                .with("masking", Map.of("name", "random", "visible", 5))
                // Visible patches go through the encoder; the decoder predicts what a slower encoder says of the hidden ones.
                .with("encoder", Map.of("name", "vit", "size", "base", "width", 32, "depth", 2, "heads", 2,
                        "projector", Map.of("depth", 3, "width", 64)))
                .with("decoder", Map.of("name", "cross-attention", "width", 16, "depth", 1, "heads", 2))
                .with("target", Map.of("name", "momentum", "from", 0.99, "to", 1.0))
                .with("losses", List.of(
                        Map.of("name", "patch-discrimination", "temperature", 0.2),
                        Map.of("name", "similarity-constraint", "weight", 0.1, "from", 0.75, "to", 0.25)))
                .with("train", Map.of("epochs", 2, "batch", 64, "accumulation", 1, "base-learning-rate", 8.0e-3,
                        "warmup-epochs", 0.5, "floor", 0.25, "weight-decay", 0.05))
                .with("runtime", Map.of("precision", "fp32"))
                .with("run", Map.of("log-every", 4, "evaluate-every", 0, "keep-newest", 1))
                .with("evaluation", Map.of("resize", 28,
                        "with", List.of(Map.of("name", "nearest-neighbor", "k", List.of()))));
    }
}
