package org.latentmim.representation;

import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Network;
import org.latentmim.spi.Representation;

/** Another representation whose features of a set of images are found once, for evaluators that ask one after another. */
public final class RememberedFeatures implements Representation, AutoCloseable {

    private final Representation representation;
    private final Optional<KeptFeatures> kept;
    private final Map<ImageSet, Tensor> features = new IdentityHashMap<>();

    /** Remembers what a representation says from now on. */
    public RememberedFeatures(Representation representation) {
        this(representation, Optional.empty());
    }

    /**
     * Remembers what a representation says from now on.
     *
     * @param kept has what was found before, and gets the rest
     */
    public RememberedFeatures(Representation representation, Optional<KeptFeatures> kept) {
        this.representation = representation;
        this.kept = kept;
    }

    @Override
    public String name() {
        return representation.name();
    }

    @Override
    public String protocol() {
        return representation.protocol();
    }

    @Override
    public Map<String, String> settings() {
        return representation.settings();
    }

    @Override
    public Optional<String> fingerprint() {
        return representation.fingerprint();
    }

    @Override
    public Tensor features(ImageSet images) throws IOException {
        Tensor known = features.get(images);
        if (known == null) {
            known = kept.isPresent() ? kept.get().of(representation, images) : representation.features(images);
            known.retainReference();
            features.put(images, known);
        }
        return known.detach();
    }

    @Override
    public Tensor views(ImageSet images, int draw) throws IOException {
        return representation.views(images, draw);
    }

    @Override
    public Tensor patches(ImageSet images, int index, int rows, int columns) throws IOException {
        return representation.patches(images, index, rows, columns);
    }

    @Override
    public PatchGrid grid() {
        return representation.grid();
    }

    @Override
    public int patchSize() {
        return representation.patchSize();
    }

    @Override
    public Optional<Network> network() {
        return representation.network();
    }

    @Override
    public Tensor place(Tensor tensor) {
        return representation.place(tensor);
    }

    /** Forgets the features. */
    @Override
    public void close() {
        features.values().forEach(Tensor::releaseReference);
        features.clear();
    }
}
