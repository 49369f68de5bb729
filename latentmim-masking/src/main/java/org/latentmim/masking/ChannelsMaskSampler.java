package org.latentmim.masking;

import jakarta.inject.Inject;
import java.util.BitSet;
import java.util.Optional;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.Part;
import org.latentmim.spi.Parts;

/**
 * Hides whole bands of a grid that has several. Another sampler may hide patches of the bands that are seen: with the share that
 * it shows of the whole grid. Told to show more than the bands hold, this sampler shows more bands.
 */
final class ChannelsMaskSampler implements MaskSampler {

    @Meaning("Hides whole bands, groups of channels, drawn at random; for grids of several bands")
    record Config(
            @Meaning("how many bands are seen, at least 1 and fewer than the grid has") int seen,
            @Meaning("a sampler that hides patches of the bands that are seen; without, all of them are seen")
                    Optional<Part<MaskSampler>> sampler) {

        Config {
            KeyRange.atLeast(1, seen, "seen");
        }
    }

    private final int seen;
    private final Optional<Directed> sampler;

    @Inject
    ChannelsMaskSampler(Config config, PatchGrid grid, Parts parts) {
        seen = config.seen();
        sampler = config.sampler().map(part -> new Directed(part, parts));
        if (grid.bands() == 1) {
            throw new IllegalArgumentException("channels hides bands, but the grid has only 1: give the grid more bands");
        }
        if (seen >= grid.bands()) {
            throw new IllegalArgumentException(
                    "seen must be fewer than the " + grid.bands() + " bands of the grid, but is " + seen);
        }
    }

    @Override
    public PatchMask sample(MaskContext context) {
        PatchGrid grid = context.grid();
        int bands = Math.max(seen, Cells.ceilDiv(context.visible().orElse(1), grid.cells()));
        BitSet shown = bands(bands, context);
        if (sampler.isEmpty()) {
            return mask(shown, context.visible().orElse(shown.cardinality()), context);
        }
        if (context.visible().isEmpty()) {
            PatchMask inside = sampler.get().sample(context);
            return mask(shown, Math.max(1, inside.visibleCount() * bands / grid.bands()), inside, context);
        }
        int visible = context.visible().getAsInt();
        int everywhere = Math.min(grid.size() - 1, Cells.ceilDiv(visible * grid.bands(), bands));
        return mask(shown, visible, sampler.get().sample(context, everywhere), context);
    }

    private static BitSet bands(int count, MaskContext context) {
        PatchGrid grid = context.grid();
        BitSet hidden = new BitSet(grid.bands());
        hidden.set(0, grid.bands());
        BitSet drawn = new BitSet(grid.bands());
        Cells.move(count, hidden, drawn, context.random());
        BitSet patches = new BitSet(grid.size());
        drawn.stream().forEach(band -> patches.set(band * grid.cells(), (band + 1) * grid.cells()));
        return patches;
    }

    private static PatchMask mask(BitSet shown, int visible, MaskContext context) {
        Cells.move(shown.cardinality() - visible, shown, new BitSet(), context.random());
        return PatchMask.ofVisible(context.grid(), shown);
    }

    /** Shows what the sampler inside shows of these bands; if that is too little, also what it hides or leaves out there. */
    private static PatchMask mask(BitSet shown, int visible, PatchMask inside, MaskContext context) {
        BitSet seen = new BitSet();
        for (int[] ids : new int[][] {inside.visible(), inside.masked(), inside.omitted()}) {
            BitSet group = Cells.of(ids);
            group.and(shown);
            Cells.move(visible - seen.cardinality(), group, seen, context.random());
        }
        BitSet masked = new BitSet();
        masked.set(0, context.grid().size());
        masked.andNot(seen);
        masked.andNot(Cells.of(inside.omitted()));
        int wanted = context.grid().size() - visible - inside.omittedCount();
        Cells.move(masked.cardinality() - wanted, masked, new BitSet(), context.random());
        return PatchMask.of(context.grid(), seen, masked);
    }
}
