package org.latentmim.testing;

import org.latentmim.spi.ImageSet;

/** The contract can be kept: the smallest implementation of a set of images passes. */
class ImageSetContractTest extends ImageSetContract {

    @Override
    protected ImageSet images() {
        return new LabelledNumbers(1, true);
    }
}
