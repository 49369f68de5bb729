package org.latentmim.representation;

import java.util.Locale;
import org.bytedeco.pytorch.Tensor;

/** What becomes of the tokens of images, {@code [B, E + N, D]}, of which the first {@code E} are prefix tokens. */
public enum Pooling {
    /** The mean of the patch tokens, {@code [B, D]}. */
    MEAN {
        @Override
        Tensor of(Tensor tokens, int prefixTokens) {
            return PATCHES.of(tokens, prefixTokens).mean(1);
        }
    },

    /** The first prefix token, {@code [B, D]}. */
    CLASS {
        @Override
        Tensor of(Tensor tokens, int prefixTokens) {
            if (prefixTokens == 0) {
                throw new UnsupportedOperationException("this encoder has no class token");
            }
            return tokens.select(1, 0);
        }
    },

    /** The patch tokens, {@code [B, N, D]}. */
    PATCHES {
        @Override
        Tensor of(Tensor tokens, int prefixTokens) {
            return tokens.narrow(1, prefixTokens, tokens.size(1) - prefixTokens);
        }
    };

    abstract Tensor of(Tensor tokens, int prefixTokens);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
