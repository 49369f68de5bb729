package org.latentmim.pictures;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.latentmim.checkpoint.Checkpoint;
import org.latentmim.data.SubsetImageSet;
import org.latentmim.patch.PatchGrid;
import org.latentmim.pipeline.Assembly;
import org.latentmim.representation.EncoderRepresentation;
import org.latentmim.representation.ImageViews;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.OutputFolder;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Representation;
import org.latentmim.train.LatentMim;
import org.latentmim.train.Optimization;
import org.latentmim.train.PatchReader;
import org.latentmim.train.TrainStep;

/**
 * Pictures of what the networks of a checkpoint see in images: PNG files and a list of them. The same checkpoint, images and wish
 * give the same bytes on the same machine. Holds the features of all patches of the images shown, and one vector of each image of
 * the gallery. Not thread-safe.
 */
public final class Pictures {

    private static final int LARGEST_GALLERY = 10_000;

    /**
     * What to paint.
     *
     * @param shown how many images, evenly spaced over the set
     * @param patches on the short side of an image; twice those of training if left out
     * @param points to which patches are compared
     */
    public record Wish(int shown, OptionalInt patches, List<Point> points) {

        /** The middle of an image, and a point between it and two corners. */
        public static final List<Point> POINTS = List.of(new Point(0.5, 0.5), new Point(0.2, 0.2), new Point(0.8, 0.8));

        /**
         * @throws UsageException if there is nothing to paint
         */
        public Wish {
            if (shown < 1) {
                throw new UsageException("--show must be at least 1, but is " + shown + ".");
            }
            if (patches.orElse(2) < 2) {
                throw new UsageException("--patches must be at least 2, but is " + patches.getAsInt() + ".");
            }
            points = points.isEmpty() ? POINTS : List.copyOf(points);
        }
    }

    private final ImageSet images;
    private final PatchGrid grid;
    private final LatentMim model;
    private final PatchReader reader;
    private final Compute compute;
    private final ImageViews views;
    private final Representation representation;
    private final TrainStep step;
    private final Progress progress;

    /**
     * Loads the networks.
     *
     * @param assembly of the checkpoint's recipe
     * @param images to paint, and to search for neighbours
     * @throws FailureException if the checkpoint cannot be read, or does not fit the recipe
     */
    public Pictures(Assembly assembly, Checkpoint checkpoint, ImageSet images) {
        this.images = images.size() <= LARGEST_GALLERY
                ? images
                : new SubsetImageSet(images, SubsetImageSet.evenly(images.size(), LARGEST_GALLERY));
        this.grid = assembly.grid();
        this.model = assembly.trained(checkpoint);
        this.reader = assembly.get(PatchReader.class);
        this.compute = assembly.get(Compute.class);
        this.views = assembly.get(ImageViews.class);
        this.representation = new EncoderRepresentation("trained", model.online(), compute, views,
                assembly.recipe().evaluation().pooling(), assembly.recipe().evaluation().layer());
        this.step = new TrainStep(model, reader, new Optimization(assembly.recipe().train(), model.parts()),
                assembly.get(Randomness.class), compute);
        this.progress = progress(checkpoint, assembly);
    }

    private static Progress progress(Checkpoint checkpoint, Assembly assembly) {
        int epochs = assembly.recipe().train().epochs();
        long done = checkpoint.state().step();
        double epoch = checkpoint.state().epoch();
        long steps = epoch > 0 ? Math.round(done * epochs / epoch) : 1;
        return new Progress(done, Math.max(1, steps), epoch, epochs, assembly.recipe().train().globalBatch());
    }

    /**
     * Paints.
     *
     * @param folder made if it is missing; pictures of the same name are replaced
     * @param told of each kind of picture before it is painted
     * @throws FailureException if an image cannot be read, or a picture cannot be written
     */
    public List<Picture> write(Path folder, Wish wish, Consumer<String> told) {
        new OutputFolder(folder).make();
        Album album = new Album(folder);
        int[] shown = SubsetImageSet.evenly(images.size(), Math.min(wish.shown(), images.size()));
        int patches = wish.patches().orElse(2 * Math.min(grid.rows(), grid.columns()));
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Scenes encoders = new Scenes(images, representation, model.online(), reader, grid, patches);
            List<Scene> scenes = new ArrayList<>();
            for (int i = 0; i < shown.length; i++) {
                scenes.add(encoders.of(i + 1, shown[i]));
            }
            told.accept("principal components");
            ComponentPictures.paint(album, scenes);
            told.accept("similar patches");
            SimilarityPictures.paint(album, scenes, wish.points());
            told.accept("attention");
            AttentionPictures.paint(album, scenes, encoders, compute);
            told.accept("nearest neighbours among " + images.size() + " images");
            GalleryPicture.paint(album, images, representation, views.fixed(), shown);
            told.accept("predictions");
            new PredictionPictures(grid, reader, step, progress).paint(album, images, shown);
            told.accept("t-SNE of patches");
            ClusterPictures.paint(album, scenes);
            return album.finish();
        } catch (IOException e) {
            throw new FailureException("The pictures in " + folder + " cannot be completed: " + e.getMessage(), e);
        }
    }
}
