package org.latentmim.vit;

import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import org.bytedeco.pytorch.Tensor;

/**
 * What a hidden patch may look like, judged by position alone: the visible tokens averaged with weights softmax(q k / sqrt(D)) of
 * the positions (Latent MIM, section 3.6). Nothing here is learned.
 */
final class VisualCues {

    private VisualCues() {}

    /** {@code [B, M, D], [B, V, D], [B, V, D] -> [B, M, D]}. */
    static Tensor of(Tensor positionsOfMasked, Tensor positionsOfVisible, Tensor visible) {
        return scaled_dot_product_attention(
                positionsOfMasked.unsqueeze(1), positionsOfVisible.unsqueeze(1), visible.unsqueeze(1)).squeeze(1);
    }
}
