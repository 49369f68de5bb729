package org.latentmim.health;

import static org.bytedeco.pytorch.global.torch.arange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.data.Batch;
import org.latentmim.health.Vitals.Term;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.train.LatentMim;
import org.latentmim.train.LossTerm;
import org.latentmim.train.Optimization;
import org.latentmim.train.PatchReader;
import org.latentmim.train.RunPlan;
import org.latentmim.train.TrainConfig;
import org.latentmim.train.TrainStep;

/**
 * Looks at a model through the same images every time, cut and masked as in the first epoch. Draws no random number that is not
 * made from the seed, records no gradient and changes nothing. The measures are found in 64 bits on the CPU.
 */
final class Probe {
    // Shapes: B images, N patches, E prefix tokens, D width of a latent.

    private final LatentMim model;
    private final PatchReader reader;
    private final Compute compute;
    private final TrainConfig config;
    private final RunPlan plan;
    private final Supplier<Batch> images;
    private Batch batch;

    /**
     * @param images reads the images, when they are first looked at
     */
    Probe(LatentMim model, PatchReader reader, Compute compute, TrainConfig config, RunPlan plan, Supplier<Batch> images) {
        this.model = model;
        this.reader = reader;
        this.compute = compute;
        this.config = config;
        this.plan = plan;
        this.images = images;
    }

    /** Measures everything after a step. */
    Vitals look(TrainStep step, Optimization optimization, Progress progress) {
        if (batch == null) {
            batch = images.get();
        }
        Map<String, StepNorms> norms =
                StepNorms.of(model.parts(), optimization.state(), config.betas().get(0), config.betas().get(1));
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            MaskedPatches patches = reader.masked(batch, plan.progress(0));
            Map<String, Term> terms = new LinkedHashMap<>();
            double loss = terms(step.reconstruct(patches), progress, terms);
            Tensor tokens = tokens(patches.values());
            if (!tokens.isfinite().all().item_bool()) {
                double none = Double.NaN;
                return new Vitals(new TokenSimilarity(none, none, none), new VarianceShares(none, none), none, none, none,
                        loss, terms, norms, optimization.rate());
            }
            Tensor all = tokens.flatten(0, 1);
            return new Vitals(TokenSimilarity.of(tokens), VarianceShares.of(tokens), FeatureDeviation.of(all),
                    EffectiveRank.of(all), PositionReading.accuracy(tokens), loss, terms, norms,
                    optimization.rate());
        }
    }

    /** What the last block of the online encoder says of all patches, {@code [B, N, D]}. */
    private Tensor tokens(Tensor values) {
        Encoder encoder = model.online();
        Tensor ids = arange(new Scalar(values.size(1)))
                .to(values.device(), ScalarType.Long)
                .expand(values.size(0), values.size(1));
        try (Autocast precision = compute.autocast()) {
            Tensor seen = encoder.blocks(new Patches(values, ids), 1).get(0);
            return seen.narrow(1, encoder.prefixTokens(), values.size(1)).to(ScalarType.Double).cpu().contiguous();
        }
    }

    private double terms(List<Reconstruction> reconstructions, Progress progress, Map<String, Term> terms) {
        double sum = 0;
        for (int i = 0; i < reconstructions.size(); i++) {
            Reconstruction reconstruction = reconstructions.get(i);
            for (LossTerm term : model.objectives().get(i).losses()) {
                double loss = term.loss().loss(reconstruction, progress).item_double();
                terms.put(term.name(), new Term(loss, term.loss().bars(reconstruction)));
                sum += term.weight() * loss;
            }
        }
        return sum;
    }
}
