package org.latentmim.eval;

import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** The images of one epoch in equal parts; what does not fill one is left out, as in the published trainings. */
final class Minibatches {

    private static final int LEAST_STEPS = 8;

    private final Tensor order;
    private final int batch;

    /**
     * @param order of the images in this epoch
     * @param batch images in a part, at most all
     */
    Minibatches(int[] order, int batch, UnaryOperator<Tensor> place) {
        this.order = place.apply(Indices.of(order));
        this.batch = batch;
    }

    /** Returns how many images make a part: so many, but few enough for at least 8 parts where there are 16 images. */
    static int size(int wanted, int images) {
        return Math.max(Math.min(2, images), Math.min(wanted, images / LEAST_STEPS));
    }

    int count() {
        return (int) (order.size(0) / batch);
    }

    /** Returns which images make a part. */
    Tensor rows(int part) {
        return order.narrow(0, (long) part * batch, batch);
    }
}
