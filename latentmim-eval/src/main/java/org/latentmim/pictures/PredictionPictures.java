package org.latentmim.pictures;

import static org.bytedeco.pytorch.global.torch.arange;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.data.Batch;
import org.latentmim.data.EvaluationView;
import org.latentmim.health.Tokens;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.preview.CutImage;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;
import org.latentmim.train.PatchReader;
import org.latentmim.train.TrainStep;

/** How near the decoder came to the target of each hidden patch, under the mask that training draws. */
final class PredictionPictures {

    private static final int SHORT_SIDE = 240; // pixels of a picture, about

    private final PatchGrid grid;
    private final PatchReader reader;
    private final TrainStep step;
    private final Progress progress;

    /**
     * @param grid of training
     * @param step whose first objective to look at
     * @param progress of the moment whose masks to draw
     */
    PredictionPictures(PatchGrid grid, PatchReader reader, TrainStep step, Progress progress) {
        this.grid = grid;
        this.reader = reader;
        this.step = step;
        this.progress = progress;
    }

    /** @param shown indices into the images */
    void paint(Album album, ImageSet images, int[] shown) throws IOException {
        Batch batch = batch(images, shown);
        int[] starts = reader.starts(batch);
        List<PatchMask> masks = reader.masks(batch, starts, progress);
        Reconstruction reconstruction = step.reconstruct(reader.masked(batch, progress)).get(0);
        Tensor predicted = Tokens.unit(reconstruction.predicted());                              // [B, M, D]
        Tensor products = predicted.bmm(Tokens.unit(reconstruction.targets()).transpose(1, 2));  // [B, M, M]
        double[][] own = Doubles.rows(products.diagonal(0, 1, 2));                                 // [B, M]
        double low = Arrays.stream(own).flatMapToDouble(Arrays::stream).min().orElseThrow();
        double high = Arrays.stream(own).flatMapToDouble(Arrays::stream).max().orElseThrow();
        int masked = own[0].length;
        Tensor nearest = products.argmax(new LongOptional(2), false); // [B, M]
        double[] hits = Doubles.of(nearest.eq(arange(new Scalar(masked)).to(nearest.device(), ScalarType.Long)).sum(1));
        double[] all = Doubles.of(products.mean(new long[] {1, 2}, false, null));
        for (int i = 0; i < shown.length; i++) {
            double mean = Arrays.stream(own[i]).average().orElseThrow();
            double others = masked == 1 ? Double.NaN : (masked * all[i] - mean) / (masked - 1);
            String caption = String.format(Locale.ROOT, "The image; the %d patches that the encoder saw; the cosine similarity"
                    + " between prediction and target of the %d hidden ones, dark to bright over %.2f to %.2f in all pictures."
                    + " Here it is %.2f on average, %.2f to the targets of the others; %d of the %d predictions are nearest to"
                    + " their own.",
                    masks.get(i).visibleCount(), masked, low, high, mean, others, (int) hits[i], masked);
            album.add("prediction-" + (i + 1) + ".png", "Predictions", images.id(shown[i]), caption,
                    picture(cut(images, batch, i, starts, shown[i]), masks.get(i), own[i], low, high));
        }
    }

    /** Without chance, so that all of an object is seen. */
    private Batch batch(ImageSet images, int[] shown) throws IOException {
        PatchGrid whole = new PatchGrid(grid.rows(), grid.columns(), grid.cellSize(), 0, grid.channels(), grid.bands());
        EvaluationView view = new EvaluationView(whole, Math.min(whole.height(), whole.width()));
        int size = view.height() * view.width() * view.channels();
        byte[] pixels = new byte[shown.length * size];
        for (int i = 0; i < shown.length; i++) {
            view.render(images, shown[i], null, pixels, i * size);
        }
        return new Batch(pixels, shown, 0, 0);
    }

    private CutImage cut(ImageSet images, Batch batch, int i, int[] starts, int index) {
        int size = batch.pixels().length / batch.size();
        int perImage = 2 * grid.cells();
        return new CutImage(grid, images.id(index), Arrays.copyOfRange(batch.pixels(), i * size, (i + 1) * size),
                Arrays.copyOfRange(starts, i * perImage, (i + 1) * perImage));
    }

    /** Of the first band, where there are several. */
    private BufferedImage picture(CutImage image, PatchMask mask, double[] similarity, double low, double high) {
        int times = Math.max(1, Math.round(SHORT_SIDE / (float) Math.min(grid.height(), grid.width())));
        Painter painter = new Painter(image, 0);
        BufferedImage seen = painter.seen(mask);
        BufferedImage map = painter.seen(mask);
        int[] ids = mask.masked();
        for (int i = 0; i < ids.length; i++) {
            if (grid.band(ids[i]) == 0) {
                Panels.fill(map, image.left(ids[i]), image.top(ids[i]), grid.patchSize(), Colors.scale(similarity[i], low, high));
            }
        }
        return Panels.row(Stream.of(painter.whole(), seen, map)
                .map(panel -> Panels.scaled(Panels.grounded(panel), times))
                .toList());
    }
}
