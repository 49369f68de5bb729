package org.latentmim.target;

import jakarta.inject.Inject;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Default;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Progress;
import org.latentmim.spi.TargetUpdater;

/** The pixels themselves: of each patch {@code (x - mean) / sqrt(variance + 1e-6)} (MAE), or as they are (SimMIM). */
final class PixelTargetUpdater implements TargetUpdater {

    private static final double EPSILON = 1e-6;

    @Meaning("The pixels of a patch")
    record Config(
            @Meaning("whether each patch gets mean 0 and variance 1 (MAE), or keeps its pixels as the encoder sees them (SimMIM)")
                    @Default("true") boolean normalize) {}

    private final boolean normalize;
    private final int width;

    @Inject
    PixelTargetUpdater(Config config, PatchGrid grid) {
        this.normalize = config.normalize();
        this.width = grid.valuesPerPatch();
        if (normalize && width < 2) {
            throw new IllegalArgumentException("normalize needs patches of 2 values or more, but they have 1");
        }
    }

    @Override
    public void update(Progress progress) {
        // pixels do not change
    }

    @Override
    public Tensor targets(MaskedPatches patches) {
        try (NoGradGuard frozen = new NoGradGuard()) {
            Tensor pixels = patches.masked().values(); // [B, M, P]
            if (!normalize) {
                return pixels;
            }
            Tensor mean = pixels.mean(new long[] {-1}, true, new ScalarTypeOptional());
            Tensor variance = pixels.var(new long[] {-1}, true, true);
            return pixels.sub(mean).div(variance.add(new Scalar(EPSILON)).sqrt());
        }
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public Parameters parameters() {
        return Parameters.NONE;
    }
}
