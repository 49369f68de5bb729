package org.latentmim.spi;

import org.bytedeco.pytorch.Tensor;

/**
 * What a loss compares. Gradients flow into {@code predicted} and {@code visible}, never into {@code targets} unless the target
 * updater learns jointly. All are 32-bit floats (64-bit in a 64-bit run), whatever precision the networks ran in.
 *
 * @param predicted what the decoder said of the masked patches, {@code [B, M, D]}
 * @param targets what the target side says of them, {@code [B, M, D]}
 * @param visible latents of the visible patches without prefix tokens, {@code [B, V, D]}
 */
public record Reconstruction(Tensor predicted, Tensor targets, Tensor visible) {}
