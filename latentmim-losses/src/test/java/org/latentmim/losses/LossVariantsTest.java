package org.latentmim.losses;

import static org.latentmim.losses.PatchDiscriminationLoss.Negatives.BATCH;
import static org.latentmim.losses.PatchDiscriminationLoss.Negatives.IMAGE;

import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.Schedule;
import org.latentmim.testing.ReconstructionLossContract;

/** The contract for configurations that take another way through a loss than its defaults do. */
@ParameterizedClass(name = "{0}")
@MethodSource("variants")
class LossVariantsTest extends ReconstructionLossContract {

    private record Variant(String name, ReconstructionLoss loss, boolean teachesPredictions, boolean isMeanOverImages) {
        @Override
        public String toString() {
            return name;
        }
    }

    @Parameter
    private Variant variant;

    static Stream<Variant> variants() {
        return Stream.of(
                new Variant("patch discrimination without standardisation", new PatchDiscriminationLoss(
                        new PatchDiscriminationLoss.Config(0.2, false, IMAGE, OptionalDouble.empty())), true, true),
                new Variant("patch discrimination without duplicates", new PatchDiscriminationLoss(
                        new PatchDiscriminationLoss.Config(0.2, true, IMAGE, OptionalDouble.of(0.1))), true, true),
                new Variant("patch discrimination in a batch", new PatchDiscriminationLoss(
                        new PatchDiscriminationLoss.Config(0.2, true, BATCH, OptionalDouble.of(0.1))), true, false),
                new Variant("similarity of visible patches", new SimilarityConstraint(
                        new SimilarityConstraint.Config(0.75, 0.25, Schedule.Shape.COSINE, Latents.VISIBLE)), false, false),
                new Variant("variance and covariance of predicted patches", new VarianceCovarianceLoss(
                        new VarianceCovarianceLoss.Config(Latents.PREDICTED, Samples.PATCHES, 2, 1, 1)), true, false),
                new Variant("distances of all patches", new KoLeoLoss(
                        new KoLeoLoss.Config(Latents.BOTH, Samples.PATCHES)), true, true),
                new Variant("normality of all patches", new SketchedGaussianLoss(
                        new SketchedGaussianLoss.Config(Latents.BOTH, Samples.PATCHES, 8, 5)), true, false));
    }

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return variant.loss();
    }

    @Override
    protected boolean teachesPredictions() {
        return variant.teachesPredictions();
    }

    @Override
    protected boolean isMeanOverImages() {
        return variant.isMeanOverImages();
    }
}
