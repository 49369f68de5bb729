package org.latentmim.losses;

import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** What a regulariser of the spread takes as one sample: an image by the mean of its latents, or every patch. */
enum Samples {
    IMAGES,
    PATCHES;

    /** Returns the samples in the groups within which they belong together, {@code [B, N, D] -> [1, B, D] or [B, N, D]}. */
    Tensor groups(Tensor latents) {
        Tensor groups = this == PATCHES
                ? latents
                : latents.mean(new long[] {1}, false, new ScalarTypeOptional()).unsqueeze(0);
        if (groups.size(1) < 2) {
            throw new IllegalArgumentException("a spread needs at least 2 "
                    + (this == PATCHES ? "patches in an image" : "images in a batch") + ", but there is 1");
        }
        return groups;
    }

    /** Returns all samples of the batch, {@code [B, N, D] -> [n, D]}. */
    Tensor all(Tensor latents) {
        return groups(latents).flatten(0, 1);
    }
}
