package org.latentmim.representation;

import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.data.EvaluationView;
import org.latentmim.data.OrderedImages;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;
import org.latentmim.train.PatchReader;

/** The mean of the last block's patch tokens, before the final norm and without projector, {@code [n, D]}. */
public final class EncoderRepresentation implements Representation {

    private static final int BATCH = 64;

    private final String name;
    private final int width;
    private final BlockFeatures features;
    private final EvaluationView view;
    private final int workers;

    /**
     * @param name such as {@code trained}
     * @param workers threads that read images
     */
    public EncoderRepresentation(
            String name, Encoder encoder, PatchReader reader, EvaluationView view, Compute compute, int workers) {
        this.name = name;
        this.width = encoder.width();
        this.features = new BlockFeatures(encoder, reader, compute, Pooling.MEAN, 1);
        this.view = view;
        this.workers = workers;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String protocol() {
        return String.format(Locale.ROOT,
                "mean of the last block's patch tokens before the final norm; short side %d, centre %d x %d, patches without gap",
                view.resize(), view.height(), view.width());
    }

    @Override
    public Tensor features(ImageSet images) {
        try (OrderedImages batches = new OrderedImages(images, view, BATCH, workers)) {
            return Rows.collect(images.size(), width, batches, features::of);
        }
    }
}
