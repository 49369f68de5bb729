package org.latentmim.segmentation;

import java.io.IOException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;

/**
 * Images with label maps, each resized to a square of patches.
 *
 * @param perSide patches from top to bottom, and from left to right
 */
record CutImages(RequiredMaps maps, Representation representation, int perSide) {

    ImageSet images() {
        return maps.images();
    }

    int patches() {
        return perSide * perSide;
    }

    /** Returns {@code [patches, D]} in the caller's scope. */
    Tensor features(int image) throws IOException {
        return representation.patches(images(), image, perSide, perSide);
    }

    long featureSize() throws IOException {
        try (PointerScope scope = new PointerScope()) {
            return features(0).size(1);
        }
    }

    PatchLabels labels(int image) throws IOException {
        return PatchLabels.of(maps.of(image), perSide, perSide, representation.patchSize(), images().classes().size());
    }
}
