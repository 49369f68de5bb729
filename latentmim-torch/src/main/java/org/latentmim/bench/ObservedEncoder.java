package org.latentmim.bench;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Patches;

/** An encoder, and someone who is asked to do the work whenever it has some. */
record ObservedEncoder(Encoder encoder, Observer observer) implements Encoder {

    /** Does the work of an encoder on patches, and something besides. */
    @FunctionalInterface
    interface Observer {

        List<Tensor> of(Patches patches, Function<Patches, List<Tensor>> work);

        /** An observer who wants to know only when the work begins. */
        static Observer before(Runnable begins) {
            return (patches, work) -> {
                begins.run();
                return work.apply(patches);
            };
        }
    }

    @Override
    public Tensor encode(Patches patches) {
        return observer.of(patches, given -> List.of(encoder.encode(given))).get(0);
    }

    @Override
    public List<Tensor> blocks(Patches patches, int last) {
        return observer.of(patches, given -> encoder.blocks(given, last));
    }

    @Override
    public Tensor attention(Patches patches) {
        return observer.of(patches, given -> List.of(encoder.attention(given))).get(0);
    }

    @Override
    public boolean encodesHidden() {
        return encoder.encodesHidden();
    }

    @Override
    public Encoder on(PatchGrid grid) {
        return new ObservedEncoder(encoder.on(grid), observer);
    }

    @Override
    public Encoder withDropPath(double chance) {
        return new ObservedEncoder(encoder.withDropPath(chance), observer);
    }

    @Override
    public int prefixTokens() {
        return encoder.prefixTokens();
    }

    @Override
    public int width() {
        return encoder.width();
    }

    @Override
    public Parameters parameters() {
        return encoder.parameters();
    }
}
