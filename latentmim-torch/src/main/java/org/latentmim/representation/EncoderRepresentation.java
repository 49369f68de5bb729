package org.latentmim.representation;

import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.data.Batch;
import org.latentmim.data.EvaluationView;
import org.latentmim.data.OrderedImages;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;
import org.latentmim.train.PatchReader;

/** The mean of the last block's patch tokens, before the final norm and without projector, {@code [n, D]}. */
public final class EncoderRepresentation implements Representation {

    private static final int BATCH = 64;

    private final String name;
    private final Encoder encoder;
    private final PatchReader reader;
    private final EvaluationView view;
    private final Compute compute;
    private final int workers;

    /**
     * @param name such as {@code trained}
     * @param workers threads that read images
     */
    public EncoderRepresentation(
            String name, Encoder encoder, PatchReader reader, EvaluationView view, Compute compute, int workers) {
        this.name = name;
        this.encoder = encoder;
        this.reader = reader;
        this.view = view;
        this.compute = compute;
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
            return Rows.collect(images.size(), encoder.width(), batches, this::features);
        }
    }

    private Tensor features(Batch batch) {
        try (NoGradGuard frozen = new NoGradGuard(); Autocast precision = compute.autocast()) {
            return mean(encoder.blocks(reader.whole(batch.pixels(), batch.size()), 1).get(0)).to(ScalarType.Float);
        }
    }

    private Tensor mean(Tensor tokens) {
        long patches = tokens.size(1) - encoder.prefixTokens();
        return tokens.narrow(1, encoder.prefixTokens(), patches).mean(1);
    }
}
