package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.ones;
import static org.bytedeco.pytorch.global.torch.softmax;

import org.bytedeco.pytorch.Tensor;

/** Cross entropy of several classifiers side by side: logits are {@code [B, C, S]}, labels {@code [B]}. */
final class SoftmaxLoss {

    private SoftmaxLoss() {}

    /** Returns the sum over the images for each classifier, {@code [S]}. */
    static Tensor sum(Tensor logits, Tensor labels) {
        return log_softmax(logits, 1).gather(1, each(labels, logits)).sum(0, 1).neg();
    }

    /** Returns the gradient of the sum with respect to the logits. */
    static Tensor gradient(Tensor logits, Tensor labels) {
        Tensor chosen = each(labels, logits);
        Tensor minusOne = ones(new long[] {1}, logits.options()).neg_().expand(chosen.shape());
        return softmax(logits, 1).scatter_add_(1, chosen, minusOne);
    }

    private static Tensor each(Tensor labels, Tensor logits) {
        return labels.view(-1, 1, 1).expand(labels.size(0), 1, logits.size(2));
    }
}
