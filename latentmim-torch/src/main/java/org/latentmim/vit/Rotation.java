package org.latentmim.vit;

import org.bytedeco.pytorch.Tensor;

/** Turns queries or keys by where their tokens lie, {@code [B, heads, L, D / heads]}. */
interface Rotation {

    Rotation NONE = heads -> heads;

    Tensor of(Tensor heads);
}
