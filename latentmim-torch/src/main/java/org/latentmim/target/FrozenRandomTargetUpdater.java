package org.latentmim.target;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.xavier_uniform_;

import jakarta.inject.Inject;
import java.util.OptionalInt;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.OnlineEncoder;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Progress;
import org.latentmim.spi.TargetUpdater;

/**
 * A random linear projection of the pixels of a patch that never changes (OlmoEarth's Latent MIM Lite: the patch embedding of an
 * encoder that was never trained, without positions, which would tell the answer's place).
 */
final class FrozenRandomTargetUpdater implements TargetUpdater {

    @Meaning("A random linear projection of a patch's pixels that never changes (Latent MIM Lite)")
    record Config(
            @Meaning("width of a target, at least 1; that of the encoder if left out") OptionalInt width,
            @Meaning("whether each target is normalised over its width, without weights") @Default("false") boolean normalize) {

        Config {
            if (width.isPresent() && width.getAsInt() < 1) {
                throw new IllegalArgumentException("width must be at least 1, but is " + width.getAsInt());
            }
        }
    }

    private final Parameters parameters = new Parameters();
    private final Tensor projection;
    private final int width;
    private final boolean normalize;

    @Inject
    FrozenRandomTargetUpdater(Config config, PatchGrid grid, @OnlineEncoder Encoder online) {
        this.width = config.width().orElse(online.width());
        this.projection = parameters.keep("projection.weight", xavier_uniform_(empty(width, grid.valuesPerPatch())));
        this.normalize = config.normalize();
    }

    @Override
    public void update(Progress progress) {
        // frozen
    }

    @Override
    public Tensor targets(MaskedPatches patches) {
        try (NoGradGuard frozen = new NoGradGuard()) {
            Tensor targets = linear(patches.masked().values(), projection);
            return normalize ? TargetReading.normalized(targets) : targets;
        }
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }
}
