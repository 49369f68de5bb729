package org.latentmim.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.health.Tokens;
import org.latentmim.patch.PatchGrid;

/** How much every patch has in common with that at a point. */
final class SimilarityPictures {

    private SimilarityPictures() {}

    static void paint(Album album, List<Scene> scenes, List<Point> points) throws IOException {
        for (Scene scene : scenes) {
            PatchGrid grid = scene.grid();
            Tensor directions = Tokens.unit(scene.features());
            List<BufferedImage> panels = new ArrayList<>(List.of(scene.photo()));
            List<String> ranges = new ArrayList<>();
            for (Point point : points) {
                int id = grid.id(point.row(grid.rows()), point.column(grid.columns()));
                double[] similarity = Doubles.of(directions.mv(directions.select(0, id)));
                double low = others(similarity, id).min().orElseThrow();
                double high = others(similarity, id).max().orElseThrow();
                BufferedImage map = Panels.cells(grid, cell -> Colors.scale(similarity[cell], low, high));
                Panels.frame(map, grid, id);
                panels.add(map);
                ranges.add(String.format(Locale.ROOT, "%.2f to %.2f", low, high));
            }
            album.add(scene.file("similarity"), "Similar patches", scene.name(),
                    "The image; then the cosine similarity of every patch to the framed one, dark to bright over "
                            + String.join(", ", ranges) + ".", Panels.row(panels));
        }
    }

    private static DoubleStream others(double[] similarity, int id) {
        return IntStream.range(0, similarity.length).filter(i -> i != id).mapToDouble(i -> similarity[i]);
    }
}
