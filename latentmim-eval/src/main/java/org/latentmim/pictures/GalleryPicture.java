package org.latentmim.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.data.EvaluationView;
import org.latentmim.health.Tokens;
import org.latentmim.patch.PatchGrid;
import org.latentmim.preview.CutImage;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Representation;

/** Images with those that are most like them by their features. */
final class GalleryPicture {

    private static final int NEAREST = 5;
    private static final int SHORT_SIDE = 112; // pixels of an image, about

    private GalleryPicture() {}

    /**
     * @param view through which features are found
     * @param queries indices into the images
     */
    static void paint(Album album, ImageSet images, Representation representation, EvaluationView view, int[] queries)
            throws IOException {
        int nearest = Math.min(NEAREST, images.size() - 1);
        if (nearest == 0) {
            return;
        }
        EvaluationView small = small(view);
        Tensor directions = Tokens.unit(representation.features(images));
        List<BufferedImage> rows = new ArrayList<>();
        for (int query : queries) {
            Tensor similarity = directions.mv(directions.select(0, query));
            similarity.narrow(0, query, 1).fill_(new Scalar(Double.NEGATIVE_INFINITY)); // not itself
            List<BufferedImage> row = new ArrayList<>(List.of(photo(images, query, small), Panels.canvas(small.width() / 8, 1)));
            for (double index : Doubles.of(similarity.topk(nearest).get1())) {
                row.add(photo(images, (int) index, small));
            }
            rows.add(Panels.row(row));
        }
        album.add("neighbors.png", "Nearest neighbours", "of " + queries.length + " images",
                "Left an image, right of it the " + nearest + " that are most like it among the " + (images.size() - 1)
                        + " others, by cosine similarity of their features, the nearest first.", Panels.column(rows));
    }

    /** The same part of an image in another size. */
    private static EvaluationView small(EvaluationView view) {
        PatchGrid grid = view.grid();
        int cell = Math.max(1, SHORT_SIDE / Math.min(grid.rows(), grid.columns()));
        PatchGrid painted = new PatchGrid(grid.rows(), grid.columns(), cell, 0, grid.channels());
        return new EvaluationView(painted, Math.round(view.resize() * (float) cell / grid.cellSize()));
    }

    private static BufferedImage photo(ImageSet images, int index, EvaluationView view) throws IOException {
        byte[] pixels = new byte[view.height() * view.width() * view.channels()];
        view.render(images, index, null, pixels, 0);
        return new Painter(new CutImage(view.grid(), images.id(index), pixels, new int[2 * view.grid().cells()]), 0).whole();
    }
}
