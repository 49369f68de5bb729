package org.latentmim.target;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.OnlineEncoder;

/** What the online encoder itself says, with gradient: both sides learn to agree (Latent MIM, section 3.3, "joint"). */
final class SharedTargetUpdater extends OnlineTargetUpdater {

    @Meaning("The online encoder itself, which learns its targets too; it collapses unless a loss prevents that")
    record Config(
            @Meaning("what the target encoder sees: the masked patches alone, or all of the image") @Default("masked") View view,
            @Meaning("whether each target is normalised over its width, without weights") @Default("false") boolean normalize) {}

    @Inject
    SharedTargetUpdater(Config config, @OnlineEncoder Encoder online) {
        super(online, new TargetReading(config.view(), config.normalize()));
    }

    @Override
    public Tensor targets(MaskedPatches patches) {
        return read(patches);
    }
}
