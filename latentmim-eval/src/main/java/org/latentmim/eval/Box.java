package org.latentmim.eval;

import org.bytedeco.pytorch.Tensor;

/** A part of an image, in pixels. */
record Box(int top, int left, int height, int width) {

    /** Returns that part of images {@code [B, H, W, C]}, which sees what becomes of them. */
    Tensor of(Tensor images) {
        return images.narrow(1, top, height).narrow(2, left, width);
    }

    double area() {
        return (double) height * width;
    }
}
