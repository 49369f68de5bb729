package org.latentmim.embedding;

import java.util.Optional;
import org.latentmim.spi.ImageSet;

/** The name of an image's class. */
final class Labels {

    private Labels() {}

    static Optional<String> of(ImageSet images, int image) {
        int label = images.label(image);
        return label == ImageSet.NO_LABEL ? Optional.empty() : Optional.of(images.classes().get(label));
    }
}
