package org.latentmim.segmentation;

import org.bytedeco.pytorch.Tensor;

/**
 * Patches with what is known of them.
 *
 * @param features {@code [n, D]}
 * @param labels of the n patches
 */
record LabelledPatches(Tensor features, PatchLabels labels) {

    LabelledPatches range(int from, int to) {
        return new LabelledPatches(features.narrow(0, from, to - from), labels.range(from, to));
    }
}
