package org.latentmim.representation;

import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Network;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Patches;

/**
 * An encoder that may be copied and learn.
 *
 * @param copies gives a copy with the weights of the moment
 */
public record EncoderNetwork(Supplier<Encoder> copies, Compute compute, ImageViews views) implements Network {

    @Override
    public String protocol() {
        return views.protocol() + ", patches without gap";
    }

    @Override
    public Encoder copy() {
        return copies.get();
    }

    @Override
    public void place(Parameters parameters) {
        compute.place(parameters);
    }

    @Override
    public Tensor tokens(Encoder encoder, Patches patches) {
        try (Autocast precision = compute.autocast()) {
            return compute.widen(encoder.blocks(patches, 1).get(0));
        }
    }

    @Override
    public List<Double> mean() {
        return views.reader().normalization().mean();
    }

    @Override
    public List<Double> deviation() {
        return views.reader().normalization().deviation();
    }

    @Override
    public void showRandom(ImageSet images, int batch, int epochs, long seed, Viewer viewer) {
        views.showRandom(images, batch, epochs, seed, viewer);
    }

    @Override
    public void showMiddle(ImageSet images, Viewer viewer) {
        views.showMiddle(images, viewer);
    }
}
