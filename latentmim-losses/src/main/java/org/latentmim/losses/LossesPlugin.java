package org.latentmim.losses;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.ReconstructionLoss;

/** The losses of the framework: reconstruction, discrimination, clustering, and what keeps latents from collapsing. */
public final class LossesPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(
                loss("patch-discrimination", PatchDiscriminationLoss.class, PatchDiscriminationLoss.Config.class),
                loss("normalized-l2", NormalizedL2Loss.class, NormalizedL2Loss.Config.class),
                loss("l2", L2Loss.class, L2Loss.Config.class),
                loss("l1", L1Loss.class, L1Loss.Config.class),
                loss("smooth-l1", SmoothL1Loss.class, SmoothL1Loss.Config.class),
                loss("cosine", CosineLoss.class, CosineLoss.Config.class),
                loss("cluster", ClusterLoss.class, ClusterLoss.Config.class),
                loss("similarity-constraint", SimilarityConstraint.class, SimilarityConstraint.Config.class),
                loss("variance-covariance", VarianceCovarianceLoss.class, VarianceCovarianceLoss.Config.class),
                loss("koleo", KoLeoLoss.class, KoLeoLoss.Config.class),
                loss("sigreg", SketchedGaussianLoss.class, SketchedGaussianLoss.Config.class));
    }

    private static Component<?> loss(
            String name, Class<? extends ReconstructionLoss> implementation, Class<? extends Record> config) {
        return Component.of(ReconstructionLoss.class, name, implementation, config);
    }
}
