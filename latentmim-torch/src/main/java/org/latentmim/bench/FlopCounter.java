package org.latentmim.bench;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Patches;

/**
 * Counts the matrix products of a loss: those that torch recorded on the way to it, and those of encoders that worked without
 * gradient, as a target's does. While nothing is counted the encoders work as ever. Not thread-safe.
 */
public final class FlopCounter {

    private boolean counting;
    private Flops withoutGradient;

    /** Returns the encoder, whose work is counted from now on. */
    public Encoder observe(Encoder encoder) {
        return new ObservedEncoder(encoder, this::encode);
    }

    /**
     * Counts the products of a loss, and of the gradients of all that learns.
     *
     * @param loss computed with the observed encoders
     */
    Flops count(Supplier<Tensor> loss) {
        counting = true;
        withoutGradient = Flops.NONE;
        try (PointerScope scope = new PointerScope()) {
            return RecordedFlops.of(loss.get()).plus(withoutGradient);
        } finally {
            counting = false;
        }
    }

    /** Has torch record what it would not, by asking for a gradient of the pixels. */
    private List<Tensor> encode(Patches patches, Function<Patches, List<Tensor>> work) {
        if (!counting || GradMode.is_enabled()) {
            return work.apply(patches);
        }
        try (AutoGradMode recording = new AutoGradMode(true)) {
            Tensor pixels = patches.values().detach().set_requires_grad(true);
            List<Tensor> made = work.apply(new Patches(pixels, patches.ids(), patches.hidden()));
            withoutGradient = withoutGradient.plus(RecordedFlops.of(made.toArray(Tensor[]::new)).withoutGradient());
            return made.stream().map(Tensor::detach).toList();
        }
    }
}
