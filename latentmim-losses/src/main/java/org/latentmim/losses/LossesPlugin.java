package org.latentmim.losses;

import java.util.List;
import org.latentmim.spi.Component;
import org.latentmim.spi.Plugin;
import org.latentmim.spi.ReconstructionLoss;

/** The losses of the framework: {@code patch-discrimination}, {@code normalized-l2} and {@code similarity-constraint}. */
public final class LossesPlugin implements Plugin {

    @Override
    public List<Component<?>> components() {
        return List.of(
                Component.of(ReconstructionLoss.class, "patch-discrimination",
                        PatchDiscriminationLoss.class, PatchDiscriminationLoss.Config.class),
                Component.of(ReconstructionLoss.class, "normalized-l2", NormalizedL2Loss.class, NormalizedL2Loss.Config.class),
                Component.of(ReconstructionLoss.class, "similarity-constraint",
                        SimilarityConstraint.class, SimilarityConstraint.Config.class));
    }
}
