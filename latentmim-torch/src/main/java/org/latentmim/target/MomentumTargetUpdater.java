package org.latentmim.target;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.Dispatch;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Schedule;
import org.latentmim.spi.TargetEncoder;
import org.latentmim.spi.TargetUpdater;

/** A second encoder follows the online one: {@code target = momentum * target + (1 - momentum) * online}. */
final class MomentumTargetUpdater implements TargetUpdater {

    enum View { MASKED, ALL }

    @Meaning("A second encoder that follows the online one slowly")
    record Config(
            @Meaning("momentum at the start, in [0, 1]") @Default("0.99") double from,
            @Meaning("momentum at the end, in [0, 1]") @Default("1.0") double to,
            @Meaning("the way between them: constant, linear or cosine") @Default("cosine") Schedule.Shape schedule,
            @Meaning("what the target encoder sees: the masked patches alone, or all of the image") @Default("masked") View view) {

        Config {
            inUnit(from, "from");
            inUnit(to, "to");
        }

        private static void inUnit(double value, String name) {
            if (!(value >= 0 && value <= 1)) {
                throw new IllegalArgumentException(name + " must be between 0 and 1, but is " + value);
            }
        }
    }

    private final Schedule momentum;
    private final View view;
    private final Encoder encoder;
    private final List<Tensor> online = new ArrayList<>();
    private final List<Tensor> followers = new ArrayList<>();

    @Inject
    MomentumTargetUpdater(Config config, @OnlineEncoder Encoder online, @TargetEncoder Encoder target) {
        this.momentum = new Schedule(config.from(), config.to(), config.schedule());
        this.view = config.view();
        this.encoder = target;
        Map<String, Tensor> ofTarget = target.parameters().all();
        online.parameters().learning().forEach((name, tensor) -> {
            this.online.add(tensor);
            this.followers.add(ofTarget.get(name).set_requires_grad(false));
        });
    }

    @Override
    public void update(Progress progress) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            double share = 1 - momentum.at(progress);
            Dispatch.inPlace("aten::_foreach_lerp_", "Scalar", Dispatch.list(followers), Dispatch.list(online), share);
        }
    }

    @Override
    public Tensor targets(MaskedPatches patches) {
        try (NoGradGuard frozen = new NoGradGuard()) {
            Patches shown = view == View.ALL ? patches.all() : patches.masked();
            long masked = patches.maskedIds().size(1);
            Tensor latents = encoder.encode(shown);
            return latents.narrow(1, latents.size(1) - masked, masked); // the last M, [B, M, D]
        }
    }

    @Override
    public Optional<Encoder> encoder() {
        return Optional.of(encoder);
    }

    @Override
    public int width() {
        return encoder.width();
    }

    @Override
    public Parameters parameters() {
        return encoder.parameters();
    }
}
