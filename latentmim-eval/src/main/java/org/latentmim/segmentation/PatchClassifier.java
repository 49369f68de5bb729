package org.latentmim.segmentation;

import org.bytedeco.pytorch.Tensor;

/** Tells the class of every pixel of patches. */
interface PatchClassifier {

    /**
     * @param features standardised, {@code [m, D]}
     * @return a class for each pixel, patch after patch; never {@link PatchLabels#NOT_JUDGED}
     */
    byte[] predict(Tensor features);
}
