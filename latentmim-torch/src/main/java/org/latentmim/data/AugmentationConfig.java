package org.latentmim.data;

import org.latentmim.spi.Default;
import org.latentmim.spi.Meaning;

@Meaning("The random view of an image that training sees: a crop of random place, size and shape, resized to the grid")
public record AugmentationConfig(
        @Meaning("smallest crop, as a share of the image's area, in (0, 1]") @Default("0.2") double minScale,
        @Meaning("largest crop, as a share of the image's area, in (0, 1]") @Default("1.0") double maxScale,
        @Meaning("widest shape of a crop: width to height between 1/x and x, at least 1") @Default("1.3333333333333333")
                double maxAspect,
        @Meaning("mirror half of the images") @Default("true") boolean flip,
        @Meaning("random changes of colour; none if left out") @Default("{}") ColorJitter colorJitter,
        @Meaning("full, or reduced: JPEGs to a half, quarter or eighth while the crop stays as large as the grid; quicker for"
                + " large photographs, with crops that lie up to half of a larger pixel aside") @Default("full") Decode decode) {

    /** At which size JPEG files are decoded. */
    public enum Decode { FULL, REDUCED }

    public AugmentationConfig {
        if (!(minScale > 0) || !(minScale <= maxScale) || !(maxScale <= 1)) {
            throw new IllegalArgumentException("min-scale and max-scale must hold 0 < min-scale <= max-scale <= 1, but are "
                    + minScale + " and " + maxScale);
        }
        if (!(maxAspect >= 1)) {
            throw new IllegalArgumentException("max-aspect must be at least 1, but is " + maxAspect);
        }
    }
}
