package org.latentmim.target;

import static org.bytedeco.pytorch.global.torch.is_autocast_cache_enabled;
import static org.bytedeco.pytorch.global.torch.set_autocast_cache_enabled;

import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Patches;
import org.latentmim.spi.TargetUpdater;

/** A target that an encoder makes, without gradient unless a subclass wants it. */
abstract class EncoderTargetUpdater implements TargetUpdater {

    private final Encoder encoder;
    private final TargetReading reading;

    EncoderTargetUpdater(Encoder encoder, TargetReading reading) {
        this.encoder = encoder;
        this.reading = reading;
    }

    /**
     * Reads without gradient. Autocast must not keep the narrow copies of weights that it makes on the way: they carry no
     * gradient, and where the encoder is the online one, the prediction would learn nothing through them.
     */
    @Override
    public Tensor targets(MaskedPatches patches) {
        boolean cached = is_autocast_cache_enabled();
        set_autocast_cache_enabled(false);
        try (NoGradGuard frozen = new NoGradGuard()) {
            return read(patches);
        } finally {
            set_autocast_cache_enabled(cached);
        }
    }

    /** What the encoder says of the masked patches, {@code [B, M, D]}, with gradient where gradients are recorded. */
    final Tensor read(MaskedPatches patches) {
        return reading.of(patches, this::say);
    }

    /** What the encoder says of patches, {@code [B, any + L, D]}. */
    Tensor say(Patches shown) {
        return encoder.encode(shown);
    }

    @Override
    public final Optional<Encoder> encoder() {
        return Optional.of(encoder);
    }

    @Override
    public final int width() {
        return encoder.width();
    }

    @Override
    public Parameters parameters() {
        return encoder.parameters();
    }
}
