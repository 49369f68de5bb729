package org.latentmim.target;

import jakarta.inject.Inject;
import java.util.OptionalDouble;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Schedule;
import org.latentmim.spi.TargetEncoder;

/** What a second encoder says that follows the online one slowly (Latent MIM, section 3.3; I-JEPA, section 3). */
final class MomentumTargetUpdater extends EncoderTargetUpdater {

    @Meaning("A second encoder that follows the online one slowly")
    record Config(
            @Meaning("momentum at the start, in [0, 1]; 0.99 if left out") OptionalDouble from,
            @Meaning("momentum at the end, in [0, 1]; 1 if left out") OptionalDouble to,
            @Meaning("the way between them: constant, linear or cosine") @Default("cosine") Schedule.Shape schedule,
            @Meaning("share of the run at which the end is reached, in (0, 1]") @Default("1.0") double until,
            @Meaning("images after which half of the target is new, more than 0; replaces from and to") OptionalDouble halfLife,
            @Meaning("what the target encoder sees: the masked patches alone, or all of the image") @Default("masked") View view,
            @Meaning("whether each target is normalised over its width, without weights (I-JEPA)") @Default("false")
                    boolean normalize) {

        Config {
            from = Momentum.or(0.99, from, halfLife);
            to = Momentum.or(1, to, halfLife);
            new Momentum(from, to, schedule, until, halfLife); // refuses what is out of range
        }

        Momentum momentum() {
            return new Momentum(from, to, schedule, until, halfLife);
        }
    }

    private final Follower follower;

    @Inject
    MomentumTargetUpdater(Config config, @OnlineEncoder Encoder online, @TargetEncoder Encoder target) {
        super(target, new TargetReading(config.view(), config.normalize()));
        this.follower = new Follower(online, target, config.momentum());
    }

    @Override
    public void update(Progress progress) {
        follower.update(progress);
    }
}
