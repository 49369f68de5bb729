package org.latentmim.target;

import static org.bytedeco.pytorch.global.torch.is_autocast_cache_enabled;
import static org.bytedeco.pytorch.global.torch.set_autocast_cache_enabled;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Progress;

/** What the online encoder itself says, as if it were given (Latent MIM, section 3.3, "detached"; SimSiam). */
final class StopGradientTargetUpdater extends EncoderTargetUpdater {

    @Meaning("The online encoder itself, without gradient")
    record Config(
            @Meaning("what the target encoder sees: the masked patches alone, or all of the image") @Default("masked") View view,
            @Meaning("whether each target is normalised over its width, without weights") @Default("false") boolean normalize) {}

    @Inject
    StopGradientTargetUpdater(Config config, @OnlineEncoder Encoder online) {
        super(online, new TargetReading(config.view(), config.normalize()));
    }

    @Override
    public void update(Progress progress) {
        // the online encoder is the target
    }

    /** Autocast must not keep the narrow copies of weights that it makes here: the prediction would learn nothing by them. */
    @Override
    public Tensor targets(MaskedPatches patches) {
        boolean cached = is_autocast_cache_enabled();
        set_autocast_cache_enabled(false);
        try {
            return super.targets(patches);
        } finally {
            set_autocast_cache_enabled(cached);
        }
    }

    /** None: the weights are the online encoder's, which says them itself. */
    @Override
    public Parameters parameters() {
        return Parameters.NONE;
    }
}
