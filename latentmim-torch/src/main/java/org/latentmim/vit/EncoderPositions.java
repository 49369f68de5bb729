package org.latentmim.vit;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Parameters;

/** How an encoder's tokens know where their patches lie: by a vector added to them once, or by turns in every block. */
interface EncoderPositions {

    enum Kind { SINE_COSINE, LEARNED, ROTARY }

    static EncoderPositions of(Kind kind, Parameters parameters, PatchGrid grid, int width, int heads) {
        String name = "pos_embed.pos_embeds";
        return switch (kind) {
            case SINE_COSINE -> new Positions(parameters, name, Positions.Kind.SINE_COSINE, grid, width);
            case LEARNED -> new Positions(parameters, name, Positions.Kind.LEARNED, grid, width);
            case ROTARY -> new RotaryPositions(parameters, name, grid, width, heads);
        };
    }

    /** The tokens of patches, {@code [B, L, D]}, with what is added for their places. */
    Tensor addedTo(Tensor tokens, Tensor ids);

    /** A class token, {@code [1, 1, D]}, with what is added to it. */
    Tensor addedToPrefix(Tensor token);

    /** How every block turns the queries and keys of some prefix tokens and the patches behind them. */
    Rotation rotation(Tensor ids, int prefixTokens, ScalarType type);

    /** The same positions on another grid, over which the range of the first one's is spread. */
    EncoderPositions on(PatchGrid grid);
}
