package org.latentmim.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Part;
import org.latentmim.spi.Schedule;
import org.latentmim.testing.ReadyParts;

/** The samplers as a recipe builds them, for tests. */
final class Samplers {

    private static final OptionalDouble NO_RATIO = OptionalDouble.empty();

    private Samplers() {}

    static MaskSampler squares(int square, int visible, PatchGrid grid) {
        return new RandomMaskSampler(new RandomMaskSampler.Config(OptionalInt.of(visible), NO_RATIO, square), grid);
    }

    static MaskSampler random(int visible, PatchGrid grid) {
        return new RandomMaskSampler(new RandomMaskSampler.Config(OptionalInt.of(visible), NO_RATIO, 1), grid);
    }

    static MaskSampler block(int visible, PatchGrid grid) {
        return block(visible, 16, grid);
    }

    static MaskSampler block(int visible, int minPatches, PatchGrid grid) {
        return new BlockMaskSampler(new BlockMaskSampler.Config(OptionalInt.of(visible), NO_RATIO, minPatches, 0.3), grid);
    }

    static MaskSampler inverseBlock(int visible, boolean roll, PatchGrid grid) {
        return new InverseBlockMaskSampler(
                new InverseBlockMaskSampler.Config(OptionalInt.of(visible), NO_RATIO, 0.5, roll), grid);
    }

    static MultiBlockMaskSampler multiBlock(PatchGrid grid) {
        return multiBlock(4, 10, grid);
    }

    static MultiBlockMaskSampler multiBlock(int targets, int minKeep, PatchGrid grid) {
        return new MultiBlockMaskSampler(
                new MultiBlockMaskSampler.Config(targets, 0.15, 0.2, 0.75, 1.5, 0.85, 1, minKeep), grid);
    }

    static MaskSampler grid(int step, PatchGrid grid) {
        return new GridMaskSampler(new GridMaskSampler.Config(step), grid);
    }

    static MaskSampler prefix(int visible, PatchGrid grid) {
        return new PrefixMaskSampler(new PrefixMaskSampler.Config(OptionalInt.of(visible), NO_RATIO), grid);
    }

    static MaskSampler row(int rows, PatchGrid grid) {
        return new RowMaskSampler(new RowMaskSampler.Config(rows), grid);
    }

    static MaskSampler gapped(int visible, int distance, int block, PatchGrid grid) {
        return new GappedMaskSampler(
                new GappedMaskSampler.Config(OptionalInt.of(visible), NO_RATIO, distance, block), grid);
    }

    static MaskSampler content(
            int visible, ContentMaskSampler.Hide hide, ContentMaskSampler.Measure measure, double strength, PatchGrid grid) {
        return new ContentMaskSampler(
                new ContentMaskSampler.Config(OptionalInt.of(visible), NO_RATIO, hide, measure, strength), grid);
    }

    static MaskSampler attention(int visible, AttentionMaskSampler.Hide hide, double strength, PatchGrid grid) {
        return new AttentionMaskSampler(
                new AttentionMaskSampler.Config(OptionalInt.of(visible), NO_RATIO, hide, strength), grid);
    }

    static MaskSampler channels(int seen, PatchGrid grid) {
        return new ChannelsMaskSampler(new ChannelsMaskSampler.Config(seen, Optional.empty()), grid, new ReadyParts());
    }

    static MaskSampler channels(int seen, MaskSampler inside, PatchGrid grid) {
        ReadyParts parts = new ReadyParts();
        return new ChannelsMaskSampler(
                new ChannelsMaskSampler.Config(seen, Optional.of(parts.part("inside", inside))), grid, parts);
    }

    static MaskSampler curriculum(double from, double to, MaskSampler inside, PatchGrid grid) {
        ReadyParts parts = new ReadyParts();
        return new CurriculumMaskSampler(
                new CurriculumMaskSampler.Config(from, to, Schedule.Shape.LINEAR, parts.part("inside", inside)), grid, parts);
    }

    static MaskSampler mixture(PatchGrid grid, List<Double> weights, MaskSampler... samplers) {
        ReadyParts parts = new ReadyParts();
        List<Part<MaskSampler>> named = new ArrayList<>();
        for (MaskSampler sampler : samplers) {
            named.add(parts.part("sampler-" + (named.size() + 1), sampler));
        }
        return new MixtureMaskSampler(new MixtureMaskSampler.Config(named, weights), grid, parts);
    }

    static MaskSampler subsampled(double share, MaskSampler inside) {
        ReadyParts parts = new ReadyParts();
        return new SubsampledMaskSampler(new SubsampledMaskSampler.Config(share, parts.part("inside", inside)), parts);
    }
}
