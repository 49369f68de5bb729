package org.latentmim.representation;

import static org.bytedeco.pytorch.global.torch.empty;

import java.util.Iterator;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.data.Batch;

/** Describes images batch by batch, holding the tensors of one batch at a time. */
final class Rows {

    private Rows() {}

    /** Returns {@code [images, width]} on the CPU, in the caller's scope. */
    static Tensor collect(int images, int width, Iterator<Batch> batches, Function<Batch, Tensor> describe) {
        Tensor all = empty(images, width);
        int done = 0;
        while (batches.hasNext()) {
            Batch batch = batches.next();
            try (PointerScope scope = new PointerScope()) {
                all.narrow(0, done, batch.size()).copy_(describe.apply(batch));
            }
            done += batch.size();
        }
        return all;
    }
}
