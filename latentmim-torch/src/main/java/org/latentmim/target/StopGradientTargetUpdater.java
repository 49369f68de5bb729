package org.latentmim.target;

import jakarta.inject.Inject;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.OnlineEncoder;

/** What the online encoder itself says, as if it were given (Latent MIM, section 3.3, "detached"; SimSiam). */
final class StopGradientTargetUpdater extends OnlineTargetUpdater {

    @Meaning("The online encoder itself, without gradient")
    record Config(
            @Meaning("what the target encoder sees: the masked patches alone, or all of the image") @Default("masked") View view,
            @Meaning("whether each target is normalised over its width, without weights") @Default("false") boolean normalize) {}

    @Inject
    StopGradientTargetUpdater(Config config, @OnlineEncoder Encoder online) {
        super(online, new TargetReading(config.view(), config.normalize()));
    }
}
