package org.latentmim.representation;

import static org.bytedeco.pytorch.global.torch.empty;

import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.data.AugmentationConfig;
import org.latentmim.data.Batch;
import org.latentmim.data.EvaluationView;
import org.latentmim.data.Loader;
import org.latentmim.data.OrderedImages;
import org.latentmim.data.TrainingView;
import org.latentmim.data.WholeView;
import org.latentmim.patch.PatchGrid;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Network;
import org.latentmim.spi.Patches;
import org.latentmim.train.PatchReader;

/**
 * How images are shown to what describes them: their middle, a random view of them, or the whole of one. Holds the tensors of one
 * batch at a time.
 *
 * @param reader cuts and normalises
 * @param fixed the view of evaluation
 * @param augmentation the random view of training
 * @param workers threads that read images
 */
public record ImageViews(PatchReader reader, EvaluationView fixed, AugmentationConfig augmentation, int workers) {

    private static final int BATCH = 64;

    /** Returns what is said of the middle of each image, {@code [n, width]} on the CPU, in the caller's scope. */
    Tensor middle(ImageSet images, int width, Function<Patches, Tensor> describe) {
        try (OrderedImages batches = new OrderedImages(images, fixed, BATCH, workers)) {
            return rows(images.size(), width, batches, describe);
        }
    }

    /** Returns what is said of a random view of each image, {@code [n, width]} on the CPU, in the caller's scope. */
    Tensor random(ImageSet images, int draw, int width, Function<Patches, Tensor> describe) {
        TrainingView view = new TrainingView(fixed.grid(), augmentation);
        try (OrderedImages batches = new OrderedImages(images, view, draw, BATCH, workers)) {
            return rows(images.size(), width, batches, describe);
        }
    }

    /** Shows random views of images as batches, epoch after epoch. */
    void showRandom(ImageSet images, int batch, int epochs, long seed, Network.Viewer viewer) {
        TrainingView view = new TrainingView(fixed.grid(), augmentation);
        try (Loader loader = new Loader(images, view, new Randomness(seed), batch, workers, 0)) {
            int perEpoch = loader.batchesPerEpoch();
            loader.start(0, 0);
            for (int i = 0; i < epochs * perEpoch; i++) {
                show(loader.next(), (double) i / perEpoch, viewer);
            }
        }
    }

    /** Shows the middle of each image. */
    void showMiddle(ImageSet images, Network.Viewer viewer) {
        try (OrderedImages batches = new OrderedImages(images, fixed, BATCH, workers)) {
            batches.forEachRemaining(batch -> show(batch, 0, viewer));
        }
    }

    private void show(Batch batch, double epoch, Network.Viewer viewer) {
        try (PointerScope scope = new PointerScope()) {
            viewer.see(reader.whole(batch.pixels(), batch.size()), batch.images(), epoch);
        }
    }

    /** Cuts the whole of one image, whatever its shape, in the caller's scope. */
    Patches whole(ImageSet images, int index, PatchGrid grid) throws IOException {
        byte[] pixels = new byte[Math.multiplyExact(grid.height() * grid.width(), grid.channels())];
        new WholeView(grid).render(images, index, null, pixels, 0);
        return reader.whole(pixels, 1, grid);
    }

    /** Returns the grid of an image of so many patches. */
    PatchGrid grid(int rows, int columns) {
        PatchGrid grid = fixed.grid();
        return new PatchGrid(rows, columns, grid.patchSize(), 0, grid.channels(), grid.bands());
    }

    String protocol() {
        return String.format(Locale.ROOT, "short side %d, centre %d x %d", fixed.resize(), fixed.height(), fixed.width());
    }

    Map<String, String> settings() {
        return Map.of("resize", Integer.toString(fixed.resize()), "size", fixed.height() + " x " + fixed.width());
    }

    private Tensor rows(int images, int width, Iterator<Batch> batches, Function<Patches, Tensor> describe) {
        Tensor all = empty(images, width);
        int done = 0;
        while (batches.hasNext()) {
            Batch batch = batches.next();
            try (PointerScope scope = new PointerScope()) {
                all.narrow(0, done, batch.size()).copy_(describe.apply(reader.whole(batch.pixels(), batch.size())));
            }
            done += batch.size();
        }
        return all;
    }
}
