package org.latentmim.train;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.data.Batch;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;

/** One step of latent masked image modelling, from batches of images to updated weights. */
final class TrainStep {
    // Shapes: B images, N patches, V visible, M masked, P values of a patch, E prefix tokens, D width of a latent.

    private final LatentMim model;
    private final PatchReader reader;
    private final Objective objective;
    private final Optimization optimization;
    private final LearningRate learningRate;
    private final Compute compute;

    TrainStep(LatentMim model, PatchReader reader, TrainConfig config, Compute compute) {
        this.model = model;
        this.reader = reader;
        this.objective = new Objective(model.losses());
        this.optimization = new Optimization(config, model.parts());
        this.learningRate = LearningRate.of(config);
        this.compute = compute;
    }

    /** Learns from the batches of one step: several if gradients are accumulated. */
    void run(List<Batch> batches, Progress progress, StepLog log) {
        // 1. The target follows the online encoder: at the head of the step, with this step's momentum.
        model.target().update(progress);
        for (Batch batch : batches) {
            try (PointerScope scope = new PointerScope()) {
                // 2. Cut the images into patches and hide most of them.
                MaskedPatches patches = reader.masked(batch, progress); // [B, N, P], [B, V], [B, M]
                // 3. Predict the hidden ones, compare with the target, and find the gradient.
                learn(patches, progress, 1.0 / batches.size(), log);
            }
        }
        // 4. Learn from the difference.
        update(progress, log);
    }

    /** Adds the gradient of {@code share} times the loss of a batch to the gradients of the weights. */
    void learn(MaskedPatches patches, Progress progress, double share, StepLog log) {
        try (PointerScope scope = new PointerScope()) {
            Tensor loss = InnerScope.run(() -> objective.loss(reconstruct(patches), progress, log).mul(new Scalar(share)));
            loss.backward();
        }
    }

    /** What the hidden patches were thought to mean, what they mean, and what was seen. */
    Reconstruction reconstruct(MaskedPatches patches) {
        try (Autocast precision = compute.autocast()) {
            Tensor targets = InnerScope.run(() -> model.target().targets(patches));                       // [B, M, D]
            Tensor seen = model.online().encode(patches.visible());                                       // [B, E + V, D]
            Tensor predicted = model.decoder().predict(seen, patches.visibleIds(), patches.maskedIds());  // [B, M, D]
            Tensor visible = seen.narrow(1, model.online().prefixTokens(), patches.visibleIds().size(1)); // [B, V, D]
            return new Reconstruction(compute.widen(predicted), compute.widen(targets), compute.widen(visible));
        }
    }

    /** Moves the weights by AdamW, with the learning rate of this moment, and drops the gradients. */
    void update(Progress progress, StepLog log) {
        log.gradientNorm(optimization.step(learningRate.at(progress.epoch()), log.detailed()));
    }
}
