package org.latentmim.losses;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Reconstruction;

/** Whose latents a regulariser looks at. */
enum Latents {
    PREDICTED,
    VISIBLE,
    BOTH;

    /** Returns a term of those latents {@code [B, N, D]}, or the sum of the terms of both. */
    Tensor sum(Reconstruction reconstruction, UnaryOperator<Tensor> term) {
        return switch (this) {
            case PREDICTED -> term.apply(reconstruction.predicted());
            case VISIBLE -> term.apply(reconstruction.visible());
            case BOTH -> term.apply(reconstruction.predicted()).add(term.apply(reconstruction.visible()));
        };
    }
}
