package org.latentmim.train;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.data.Batch;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.InnerScope;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;

/** One step of latent masked image modelling, from batches of images to updated weights. */
public final class TrainStep {
    // Shapes: B images, N patches, V visible, M masked, P values of a patch, E prefix tokens, D width of a latent.

    private final LatentMim model;
    private final PatchReader reader;
    private final Randomness randomness;
    private final Optimization optimization;
    private final Compute compute;

    public TrainStep(LatentMim model, PatchReader reader, Optimization optimization, Randomness randomness, Compute compute) {
        this.model = model;
        this.reader = reader;
        this.randomness = randomness;
        this.optimization = optimization;
        this.compute = compute;
    }

    /** Learns from the batches of one step: several if gradients are accumulated. */
    public void run(List<Batch> batches, Progress progress, StepLog log) {
        begin(progress, log.at(StepPhase.TARGET)); // 1. The target follows the online encoder, with this step's momentum.
        for (Batch batch : batches) {
            try (PointerScope scope = new PointerScope()) {
                log.at(StepPhase.MASKING); // 2. Cut the images into patches and hide most of them: [B, N, P], [B, V], [B, M].
                MaskedPatches patches = reader.masked(batch, progress);
                learn(patches, progress, 1.0 / batches.size(), log.at(StepPhase.LOSS, patches)); // 3. Predict them, and compare.
            }
        }
        update(log.at(StepPhase.UPDATE)); // 4. Learn from the difference.
    }

    /** The target follows, and the optimizer takes the learning rate and weight decay of this moment. */
    public void begin(Progress progress, StepLog log) {
        randomness.seedNetworks(progress.step());
        model.objectives().forEach(objective -> objective.target().update(progress));
        optimization.begin(progress.epoch(), log.detailed());
    }

    /** Adds the gradient of {@code share} times the loss of a batch to the gradients of the weights. */
    public void learn(MaskedPatches patches, Progress progress, double share, StepLog log) {
        Tensor loss = InnerScope.run(() -> model.loss(reconstruct(patches), progress, log).mul(new Scalar(share)));
        optimization.checked(loss).backward();
    }

    /** For each objective: what the hidden patches were thought to mean, what they mean, and what was seen. */
    public List<Reconstruction> reconstruct(MaskedPatches patches) {
        try (Autocast precision = compute.autocast()) {
            List<Tensor> targets = model.each(each -> each.target().targets(patches));                          // [B, M, D] each
            Patches shown = model.online().encodesHidden() ? patches.allWithHidden() : patches.visible();
            Tensor seen = model.online().encode(shown);                                                         // [B, E + V, D]
            List<Tensor> predicted = model.each(each -> each.decoder().predict(seen, shown.ids(), patches.maskedIds()));
            Tensor visible = seen.narrow(1, model.online().prefixTokens(), patches.visibleIds().size(1));       // [B, V, D]
            return IntStream.range(0, targets.size()).mapToObj(i -> new Reconstruction(
                    compute.widen(predicted.get(i)), compute.widen(targets.get(i)), compute.widen(visible))).toList();
        }
    }

    /** Moves the weights by AdamW, unless loss or gradient are not finite, and drops the gradients. */
    public void update(StepLog log) {
        log.gradientNorm(optimization.finish());
    }
}
