package org.latentmim.representation;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Network;
import org.latentmim.spi.Representation;

/** What a block of an encoder says, before the final norm and without projector: by default the mean of the last block's patches. */
public final class EncoderRepresentation implements Representation {

    private final String name;
    private final BlockFeatures features;
    private final ImageViews views;
    private final Optional<Network> network;

    /**
     * Cannot be copied.
     *
     * @param name such as {@code trained}
     * @param layer counted from the last block, which is 1
     */
    public EncoderRepresentation(String name, Encoder encoder, Compute compute, ImageViews views, Pooling pooling, int layer) {
        this(name, encoder, compute, views, pooling, layer, Optional.empty());
    }

    private EncoderRepresentation(String name, Encoder encoder, Compute compute, ImageViews views, Pooling pooling, int layer,
            Optional<Network> network) {
        this.name = name;
        this.features = new BlockFeatures(encoder, views.reader(), compute, pooling, layer);
        this.views = views;
        this.network = network;
    }

    /**
     * Returns the same for an encoder that can be copied.
     *
     * @param copies gives a copy with the weights of the moment
     */
    public EncoderRepresentation copiedBy(Supplier<Encoder> copies) {
        Compute compute = features.compute();
        return new EncoderRepresentation(name, features.encoder(), compute, views, features.pooling(), features.layer(),
                Optional.of(new EncoderNetwork(copies, compute, views)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String protocol() {
        String token = features.pooling() == Pooling.CLASS ? "class token of " : "mean of ";
        String block = features.layer() == 1 ? "the last block" : "block " + features.layer() + " from the last";
        String tokens = features.pooling() == Pooling.CLASS ? "" : "'s patch tokens";
        return token + block + tokens + " before the final norm; " + views.protocol() + ", patches without gap";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>(views.settings());
        settings.put("pooling", features.pooling().toString());
        settings.put("layer", Integer.toString(features.layer()));
        return settings;
    }

    @Override
    public Optional<String> fingerprint() {
        return Optional.of(new Fingerprint().add(protocol()).add(new TreeMap<>(settings())).add(views.reader().normalization())
                .add(features.compute()).add(features.encoder().parameters().all()).text());
    }

    @Override
    public Tensor features(ImageSet images) {
        return views.middle(images, features.encoder().width(), features::of);
    }

    @Override
    public Tensor views(ImageSet images, int draw) {
        return views.random(images, draw, features.encoder().width(), features::of);
    }

    @Override
    public Tensor patches(ImageSet images, int index, int rows, int columns) throws IOException {
        PatchGrid grid = views.grid(rows, columns);
        Encoder encoder = grid.equals(views.fixed().grid()) ? features.encoder() : features.encoder().on(grid);
        BlockFeatures ofPatches =
                new BlockFeatures(encoder, features.reader(), features.compute(), Pooling.PATCHES, features.layer());
        return ofPatches.of(views.whole(images, index, grid)).squeeze(0).cpu();
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
    public Optional<Network> network() {
        return network;
    }

    @Override
    public Tensor place(Tensor tensor) {
        return views.reader().place(tensor);
    }
}
