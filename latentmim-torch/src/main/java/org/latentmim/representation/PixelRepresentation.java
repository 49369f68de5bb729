package org.latentmim.representation;

import java.util.Locale;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.data.EvaluationView;
import org.latentmim.data.OrderedImages;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;
import org.latentmim.train.PatchReader;

/**
 * The normalised pixels themselves, {@code [n, height * width * channels]}: what an encoder must beat to have learned
 * something.
 */
public final class PixelRepresentation implements Representation {

    private static final int BATCH = 64;

    private final PatchReader reader;
    private final EvaluationView view;
    private final int workers;

    /**
     * @param workers threads that read images
     */
    public PixelRepresentation(PatchReader reader, EvaluationView view, int workers) {
        this.reader = reader;
        this.view = view;
        this.workers = workers;
    }

    @Override
    public String name() {
        return "pixels";
    }

    @Override
    public String protocol() {
        return String.format(Locale.ROOT, "normalised pixels; short side %d, centre %d x %d",
                view.resize(), view.height(), view.width());
    }

    @Override
    public Tensor features(ImageSet images) {
        int values = view.height() * view.width() * view.channels();
        try (OrderedImages batches = new OrderedImages(images, view, BATCH, workers)) {
            return Rows.collect(images.size(), values, batches,
                    batch -> reader.whole(batch.pixels(), batch.size()).values().flatten(1, -1).to(ScalarType.Float));
        }
    }
}
