package org.latentmim.spi;

import static org.bytedeco.pytorch.global.torch.cat;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * All patches of a batch of images, divided by their masks. The tensors, and those that the methods make, belong to the caller's
 * scope.
 *
 * @param values normalised pixels of every patch in the order of the grid, {@code [B, N, P]}
 * @param visibleIds the patches that the online encoder sees, {@code [B, V]}, 64-bit integers
 * @param maskedIds the patches to predict, {@code [B, M]}, 64-bit integers
 * @param omittedIds the patches that are neither seen nor predicted, {@code [B, N - V - M]}, 64-bit integers
 */
public record MaskedPatches(Tensor values, Tensor visibleIds, Tensor maskedIds, Tensor omittedIds) {

    /** Returns the patches that the online encoder sees, {@code [B, V, P]}. */
    public Patches visible() {
        return gather(visibleIds, 0);
    }

    /** Returns the patches to predict, {@code [B, M, P]}. */
    public Patches masked() {
        return gather(maskedIds, 0);
    }

    /** Returns every patch, the visible ones first and the masked ones last, {@code [B, N, P]}. */
    public Patches all() {
        return gather(allIds(), 0);
    }

    /** Returns every patch in the order of {@link #all}, all but the visible ones hidden. */
    public Patches allWithHidden() {
        return gather(allIds(), (int) (omittedIds.size(1) + maskedIds.size(1)));
    }

    private Tensor allIds() {
        return omittedIds.size(1) == 0
                ? cat(new TensorVector(visibleIds, maskedIds), 1)
                : cat(new TensorVector(visibleIds, omittedIds, maskedIds), 1);
    }

    private Patches gather(Tensor ids, int hidden) {
        Tensor index = ids.unsqueeze(-1).expand(-1, -1, values.size(2));
        return new Patches(values.gather(1, index), ids, hidden);
    }
}
