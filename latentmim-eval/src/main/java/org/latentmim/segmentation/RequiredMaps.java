package org.latentmim.segmentation;

import java.io.IOException;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.LabelMap;

/**
 * The label maps of images that an evaluator cannot do without.
 *
 * @param evaluator its name, for messages
 * @param role what the images are for: {@code train} or {@code test}
 */
record RequiredMaps(String evaluator, String role, ImageSet images) {

    RequiredMaps {
        int classes = images.classes().size();
        if (classes < 1 || classes > 255) {
            throw new IllegalArgumentException(evaluator + " needs " + role + " images with label maps of 1 to 255 classes, but"
                    + " they have " + classes + " classes");
        }
    }

    /**
     * @throws IllegalArgumentException if this image has none
     */
    LabelMap of(int image) throws IOException {
        return images.labelMap(image).orElseThrow(() -> new IllegalArgumentException(
                evaluator + " needs a label map for every " + role + " image, but " + images.id(image) + " has none"));
    }
}
