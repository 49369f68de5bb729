package org.latentmim.train;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.PairwiseSimilarity;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;

/** The weighted sum of the losses, and what there is to log of it. */
record Objective(List<LossTerm> terms) {

    Tensor loss(Reconstruction reconstruction, Progress progress, StepLog log) {
        Tensor sum = null;
        for (LossTerm term : terms) {
            Tensor value = term.loss().loss(reconstruction, progress);
            log.detail("loss/" + term.name(), () -> value);
            Tensor weighted = value.mul(new Scalar(term.weight()));
            sum = sum == null ? weighted : sum.add(weighted);
        }
        log.loss(sum.detach());
        log.detail("similarity/predicted", () -> PairwiseSimilarity.mean(reconstruction.predicted().detach()));
        log.detail("similarity/visible", () -> PairwiseSimilarity.mean(reconstruction.visible().detach()));
        log.detail("similarity/target", () -> PairwiseSimilarity.mean(reconstruction.targets()));
        return sum;
    }
}
