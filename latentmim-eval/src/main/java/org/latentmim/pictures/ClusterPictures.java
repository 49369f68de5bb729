package org.latentmim.pictures;

import static org.bytedeco.pytorch.global.torch.cat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.latentmim.data.SubsetImageSet;
import org.latentmim.health.Tokens;

/** Patches of all images as points of a plane, in the colours of their clusters, and where in the images these lie. */
final class ClusterPictures {

    private static final int CLUSTERS = 8;
    private static final int MOST_POINTS = 1500;
    private static final double PERPLEXITY = 30;
    private static final int FEWEST_POINTS = 100;
    private static final long SEED = 0;
    private static final int SIDE = 640; // pixels
    private static final int MARGIN = 12;
    private static final double RADIUS = 3.5;

    private ClusterPictures() {}

    /** Paints nothing if there are too few patches. */
    static void paint(Album album, List<Scene> scenes) throws IOException {
        Tensor all = cat(new TensorVector(scenes.stream().map(Scene::features).toArray(Tensor[]::new)), 0);
        double[][] directions = Doubles.rows(Tokens.unit(all));
        if (directions.length < FEWEST_POINTS) {
            return;
        }
        int[] clusters = Clusters.of(directions, CLUSTERS, SEED);
        int points = Math.min(MOST_POINTS, directions.length);
        int[] picked = SubsetImageSet.evenly(directions.length, points);
        double[][] plane = NeighborEmbedding.of(
                Arrays.stream(picked).mapToObj(i -> directions[i]).toArray(double[][]::new), PERPLEXITY, SEED);
        album.add("patches.png", "Patches", "t-SNE of " + points + " patches",
                "Each point is a patch of the images below, near to others with like features (t-SNE by cosine, perplexity 30)."
                        + " The colour is its cluster, of " + CLUSTERS + " found in all patches by k-means.",
                scatter(plane, Arrays.stream(picked).map(i -> clusters[i]).toArray()));
        int start = 0;
        for (Scene scene : scenes) {
            int first = start;
            album.add(scene.file("clusters"), "Patches", scene.name(), "The image; its patches in the colours of their clusters.",
                    Panels.row(List.of(scene.photo(), Panels.cells(scene.grid(), id -> Colors.group(clusters[first + id])))));
            start += scene.grid().cells();
        }
    }

    private static BufferedImage scatter(double[][] plane, int[] clusters) {
        double reach = Arrays.stream(plane).flatMapToDouble(Arrays::stream).map(Math::abs).max().orElseThrow();
        double scale = (SIDE / 2.0 - MARGIN) / Math.max(reach, Double.MIN_NORMAL);
        BufferedImage canvas = Panels.canvas(SIDE, SIDE);
        IntStream.range(0, plane.length).forEach(i -> Panels.dot(canvas, SIDE / 2.0 + scale * plane[i][0],
                SIDE / 2.0 + scale * plane[i][1], RADIUS, Colors.group(clusters[i])));
        return canvas;
    }
}
