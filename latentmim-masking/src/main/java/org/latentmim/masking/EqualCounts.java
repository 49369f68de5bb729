package org.latentmim.masking;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;

/**
 * Makes every mask of a geometry equally large, though its areas vary. The number of cells is that which 95 of 100 draws reach,
 * found once by a thousand draws from a fixed seed. A draw with fewer is drawn anew, up to twenty times; what a draw has too much
 * is left out at random. Only where that is not enough, because something around the sampler wants to see more than the geometry
 * ever shows, missing cells are taken at random: first from those that are neither seen nor predicted, then from those to
 * predict. Thread-safe.
 */
final class EqualCounts {

    /** Areas of varying size. */
    @FunctionalInterface
    interface Geometry {

        /**
         * Draws one mask.
         *
         * @param wanted cells that should be seen; a geometry whose seen area has its own size ignores it
         */
        Areas draw(int wanted, RandomGenerator random);
    }

    /** Cells that may be seen and cells that may be predicted; no cell is both. */
    record Areas(BitSet seen, BitSet predicted) {

        private boolean hold(int wanted, int toPredict) {
            return seen.cardinality() >= wanted && predicted.cardinality() >= toPredict;
        }
    }

    private static final int TRIALS = 1000;
    private static final int TOO_SMALL = TRIALS * 5 / 100;
    private static final int REDRAWS = 20;

    private final PatchGrid grid;
    private final Geometry geometry;
    private final String advice;
    private final Map<Integer, Integer> predicted = new ConcurrentHashMap<>();

    /**
     * @param advice what to change if nothing is left to predict
     */
    EqualCounts(PatchGrid grid, Geometry geometry, String advice) {
        this.grid = grid;
        this.geometry = geometry;
        this.advice = advice;
    }

    /** Returns how many patches the geometry shows in 95 of 100 draws. */
    int visible() {
        return usual(0, areas -> areas.seen().cardinality()) * grid.bands();
    }

    /**
     * Returns how many cells are predicted in every mask that shows so many patches.
     *
     * @throws IllegalArgumentException if there are none
     */
    int predictedBeside(int visible) {
        int wanted = Cells.holding(visible, grid);
        int cells = predicted.computeIfAbsent(wanted, seen ->
                Math.min(usual(seen, areas -> areas.predicted().cardinality()), grid.cells() - seen));
        if (cells < 1) {
            throw new IllegalArgumentException("beside " + visible + " visible patches none is left to predict: " + advice);
        }
        return cells;
    }

    /** Draws a mask that shows so many patches. */
    PatchMask sample(int visible, RandomGenerator random) {
        int wanted = Cells.holding(visible, grid);
        int toPredict = predictedBeside(visible);
        Areas areas = geometry.draw(wanted, random);
        for (int redraw = 0; redraw < REDRAWS && !areas.hold(wanted, toPredict); redraw++) {
            areas = geometry.draw(wanted, random);
        }
        BitSet rest = new BitSet(grid.cells());
        rest.set(0, grid.cells());
        rest.andNot(areas.seen());
        rest.andNot(areas.predicted());
        level(areas.seen(), wanted, rest, random);
        level(areas.predicted(), toPredict, rest, random);
        level(areas.seen(), wanted, rest, random);
        return Cells.showing(areas.seen(), visible, areas.predicted(), grid);
    }

    private static void level(BitSet cells, int count, BitSet rest, RandomGenerator random) {
        Cells.move(cells.cardinality() - count, cells, rest, random);
        Cells.move(count - cells.cardinality(), rest, cells, random);
    }

    private int usual(int wanted, ToIntFunction<Areas> count) {
        RandomGenerator random = new SplittableRandom(0);
        int[] counts = new int[TRIALS];
        Arrays.setAll(counts, trial -> count.applyAsInt(geometry.draw(wanted, random)));
        Arrays.sort(counts);
        return counts[TOO_SMALL];
    }
}
