package org.latentmim.train;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.Autocast;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Progress;
import org.latentmim.spi.TargetUpdater;

/** A target whose networks work in bfloat16, whatever the precision of the run; it gives what it says in the run's. */
public record Bfloat16Target(TargetUpdater target, Compute compute) implements TargetUpdater {

    @Override
    public void update(Progress progress) {
        target.update(progress);
    }

    @Override
    public Tensor targets(MaskedPatches patches) {
        try (Autocast narrow = compute.bfloat16()) {
            return target.targets(patches).to(compute.type());
        }
    }

    @Override
    public Optional<Encoder> encoder() {
        return target.encoder();
    }

    @Override
    public int width() {
        return target.width();
    }

    @Override
    public Parameters parameters() {
        return target.parameters();
    }
}
