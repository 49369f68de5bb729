package org.latentmim.representation;

import java.io.IOException;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Representation;

/**
 * The normalised pixels themselves, {@code [n, height * width * channels]}: what an encoder must beat to have learned
 * something.
 */
public final class PixelRepresentation implements Representation {

    private final ImageViews views;

    /** Shows the pixels of these views. */
    public PixelRepresentation(ImageViews views) {
        this.views = views;
    }

    @Override
    public String name() {
        return "pixels";
    }

    @Override
    public String protocol() {
        return "normalised pixels; " + views.protocol();
    }

    @Override
    public Map<String, String> settings() {
        return views.settings();
    }

    @Override
    public Tensor features(ImageSet images) {
        return views.middle(images, values(), PixelRepresentation::flat);
    }

    @Override
    public Tensor views(ImageSet images, int draw) {
        return views.random(images, draw, values(), PixelRepresentation::flat);
    }

    @Override
    public Tensor patches(ImageSet images, int index, int rows, int columns) throws IOException {
        return views.whole(images, index, views.grid(rows, columns)).values().squeeze(0).to(ScalarType.Float).cpu();
    }

    @Override
    public PatchGrid grid() {
        return views.fixed().grid();
    }

    @Override
    public int patchSize() {
        return views.fixed().grid().patchSize();
    }

    @Override
    public Tensor place(Tensor tensor) {
        return views.reader().place(tensor);
    }

    private int values() {
        return views.fixed().height() * views.fixed().width() * views.fixed().channels();
    }

    private static Tensor flat(Patches patches) {
        return patches.values().flatten(1, -1).to(ScalarType.Float);
    }
}
