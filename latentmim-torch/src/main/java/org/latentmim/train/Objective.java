package org.latentmim.train;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.PairwiseSimilarity;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.TargetUpdater;

/**
 * Something to predict: a target side that knows, a decoder that predicts, and losses that compare. Most runs have one; more may
 * share an online encoder, such as pixels and latents together.
 *
 * @param prefix what stands before the names of its tensors and of what it logs; empty for the first
 */
public record Objective(String prefix, Decoder decoder, TargetUpdater target, List<LossTerm> losses) {

    /** The weighted sum of the losses. */
    Tensor loss(Reconstruction reconstruction, Progress progress, StepLog log) {
        Tensor sum = null;
        for (LossTerm term : losses) {
            Tensor value = term.loss().loss(reconstruction, progress);
            log.detail("loss/" + term.name(), () -> value);
            Tensor weighted = value.mul(new Scalar(term.weight()));
            sum = sum == null ? weighted : sum.add(weighted);
        }
        log.detail(prefix + "similarity/predicted", () -> PairwiseSimilarity.mean(reconstruction.predicted().detach()));
        log.detail(prefix + "similarity/visible", () -> PairwiseSimilarity.mean(reconstruction.visible().detach()));
        log.detail(prefix + "similarity/target", () -> PairwiseSimilarity.mean(reconstruction.targets().detach()));
        return sum;
    }
}
