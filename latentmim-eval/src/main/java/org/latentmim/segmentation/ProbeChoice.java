package org.latentmim.segmentation;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.latentmim.segmentation.PatchNeighbors.Distance;

/** Chooses how to learn from patches by what is best on those held out, the first of several as good; then learns from all. */
final class ProbeChoice {

    private static final double[] C = IntStream.range(0, 8).mapToDouble(i -> Math.pow(10, -6 + 11 * i / 7.0)).toArray();

    private final TrainPatches patches;
    private final LabelledPatches held;
    private final LabelledPatches rest;
    private final int classes;

    ProbeChoice(TrainPatches patches, int classes) {
        this.patches = patches;
        this.held = patches.held();
        this.rest = patches.rest();
        this.classes = classes;
    }

    /** Chooses how many neighbours vote, and what makes them near. */
    ChosenProbe nearest(List<Integer> ks) {
        int most = Collections.max(ks);
        double best = -1;
        int bestK = 0;
        Distance bestDistance = null;
        for (Distance distance : Distance.values()) {
            try (PointerScope scope = new PointerScope()) {
                PatchNeighbors neighbors = new PatchNeighbors(rest, distance);
                int[] nearest = neighbors.nearest(held.features(), most);
                for (int k : ks) {
                    double found = onHeld(neighbors.vote(nearest, most, k));
                    if (found > best) {
                        best = found;
                        bestK = k;
                        bestDistance = distance;
                    }
                }
            }
        }
        PatchNeighbors all = new PatchNeighbors(patches.all(), bestDistance);
        int k = bestK;
        return new ChosenProbe("knn",
                "each pixel the most frequent class among those of the " + k + " nearest patches by " + bestDistance, best,
                new TreeMap<>(Map.of("k", k, "distance", bestDistance)), features -> all.vote(all.nearest(features, k), k, k));
    }

    /** Chooses how much the cross entropies weigh against the weights; each solution begins where the one before ended. */
    ChosenProbe logistic(int iterations) {
        double best = -1;
        double bestC = 0;
        try (PointerScope scope = new PointerScope()) {
            LogisticPatches learning = new LogisticPatches(rest, iterations);
            for (double c : C) {
                double found = onHeld(learning.fit(c).predict(held.features()));
                if (found > best) {
                    best = found;
                    bestC = c;
                }
            }
        }
        String chosen = String.format(Locale.ROOT, "%.3g", bestC);
        return new ChosenProbe("logistic regression",
                "each patch the class that multinomial logistic regression gives it, by at most " + iterations
                        + " steps of L-BFGS with C " + chosen, best,
                new TreeMap<>(Map.of("C", chosen, "iterations", iterations)),
                new LogisticPatches(patches.all(), iterations).fit(bestC));
    }

    private double onHeld(byte[] predicted) {
        ClassOverlap overlap = new ClassOverlap(classes);
        overlap.add(held.labels().classes(), predicted);
        return overlap.mean();
    }
}
