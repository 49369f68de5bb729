package org.latentmim.pictures;

import java.awt.image.BufferedImage;
import java.io.IOException;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.data.ImageDecoder;
import org.latentmim.data.NativeImage;
import org.latentmim.data.WholeView;
import org.latentmim.patch.PatchGrid;
import org.latentmim.preview.CutImage;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Representation;
import org.latentmim.train.PatchReader;

/** Shows whole images in their shape to an encoder, in more patches than it learned from where it allows that. */
final class Scenes {

    private static final int SHORT_SIDE = 240; // pixels of a picture, about
    private static final int LONGEST = 2; // as a multiple of the short side: longer images are squeezed

    private final ImageSet images;
    private final Representation representation;
    private final Encoder encoder;
    private final PatchReader reader;
    private final PatchGrid trained;
    private final int patches;
    private final boolean anyGrid;

    /** @param patches on the short side of an image */
    Scenes(ImageSet images, Representation representation, Encoder encoder, PatchReader reader, PatchGrid trained, int patches) {
        this.images = images;
        this.representation = representation;
        this.encoder = encoder;
        this.reader = reader;
        this.trained = trained.withoutGap();
        this.patches = patches;
        this.anyGrid = worksOn(encoder, cells(patches, patches, this.trained.patchSize()));
    }

    private static boolean worksOn(Encoder encoder, PatchGrid grid) {
        try {
            encoder.on(grid);
            return true;
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    /** Returns the encoder for the patches of a scene. */
    Encoder encoder(Scene scene) {
        return anyGrid ? encoder.on(cells(scene.grid().rows(), scene.grid().columns(), trained.patchSize())) : encoder;
    }

    /** Returns an image with features, which live in the caller's scope. */
    Scene of(int number, int index) throws IOException {
        PatchGrid seen = anyGrid ? gridOf(index) : trained;
        Tensor said = representation.patches(images, index, seen.rows(), seen.columns());
        Tensor features = ofCells(said.to(ScalarType.Double), seen);
        int side = Math.max(1, Math.round(SHORT_SIDE / (float) Math.min(seen.rows(), seen.columns())));
        PatchGrid painted = new PatchGrid(seen.rows(), seen.columns(), side, 0, seen.channels());
        Patches shown = reader.whole(pixels(index, seen), 1, seen);
        return new Scene(number, images.id(index), painted, photo(index, painted), shown, features);
    }

    /** The mean over the bands, {@code [cells, D]}. */
    private static Tensor ofCells(Tensor said, PatchGrid seen) {
        return said.view(seen.bands(), seen.cells(), said.size(1)).mean(0);
    }

    private PatchGrid gridOf(int index) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            NativeImage image = new ImageDecoder(trained.channels()).decode(images.read(index), images.id(index));
            int shorter = Math.min(image.height(), image.width());
            return cells(along(image.height(), shorter), along(image.width(), shorter), trained.patchSize());
        }
    }

    private int along(int side, int shorter) {
        return Math.min(LONGEST * patches, (int) Math.round(patches * (double) side / shorter));
    }

    private PatchGrid cells(int rows, int columns, int patchSize) {
        return new PatchGrid(rows, columns, patchSize, 0, trained.channels(), trained.bands());
    }

    private BufferedImage photo(int index, PatchGrid grid) throws IOException {
        return new Painter(new CutImage(grid, images.id(index), pixels(index, grid), new int[2 * grid.cells()]), 0).whole();
    }

    private byte[] pixels(int index, PatchGrid grid) throws IOException {
        byte[] pixels = new byte[grid.height() * grid.width() * grid.channels()];
        new WholeView(grid).render(images, index, null, pixels, 0);
        return pixels;
    }
}
