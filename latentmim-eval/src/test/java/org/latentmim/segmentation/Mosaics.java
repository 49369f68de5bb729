package org.latentmim.segmentation;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.ImageData;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.LabelMap;
import org.latentmim.spi.Representation;

/** Images of 4 x 4 tiles of 4 x 4 pixels. The tile says how its pixels are labelled. */
record Mosaics(int[][] tiles) implements ImageSet {

    static final int PER_SIDE = 4;
    static final int TILE = 4;
    static final int SKY = 0;
    static final int ROAD = 1;
    /** The left half is sky, the right half road. */
    static final int BOTH = 2;
    static final int VOID = 3;

    static Mosaics random(int images, int kinds, long seed) {
        Random random = new Random(seed);
        int[][] tiles = new int[images][];
        for (int i = 0; i < images; i++) {
            tiles[i] = random.ints(PER_SIDE * PER_SIDE, 0, kinds).toArray();
        }
        return new Mosaics(tiles);
    }

    @Override
    public int size() {
        return tiles.length;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public ImageData read(int index) {
        byte[] grey = new byte[PER_SIDE * PER_SIDE * TILE * TILE];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (60 * tile(index, i));
        }
        return new ImageData.Pixels(PER_SIDE * TILE, PER_SIDE * TILE, 1, grey);
    }

    @Override
    public String id(int index) {
        return "mosaics/" + index + ".bmp";
    }

    @Override
    public List<String> classes() {
        return List.of("sky", "road");
    }

    @Override
    public Optional<LabelMap> labelMap(int index) {
        byte[] classes = new byte[PER_SIDE * PER_SIDE * TILE * TILE];
        for (int i = 0; i < classes.length; i++) {
            int tile = tile(index, i);
            classes[i] = (byte) (tile == BOTH ? i % TILE / (TILE / 2) : tile == VOID ? 77 : tile);
        }
        return Optional.of(new LabelMap(PER_SIDE * TILE, PER_SIDE * TILE, classes));
    }

    private int tile(int index, int pixel) {
        int side = PER_SIDE * TILE;
        return tiles[index][pixel / side / TILE * PER_SIDE + pixel % side / TILE];
    }

    /**
     * Knows the tile of a patch, or nothing.
     *
     * @param patchSize of which 4 patches make an image's side
     */
    record Tiles(boolean telling, int patchSize) implements Representation {

        @Override
        public String name() {
            return telling ? "tiles" : "noise";
        }

        @Override
        public String protocol() {
            return "tiles of the test";
        }

        @Override
        public Tensor features(ImageSet images) {
            throw new AssertionError("patches are asked for");
        }

        @Override
        public Tensor patches(ImageSet images, int index, int rows, int columns) throws IOException {
            if (rows != PER_SIDE || columns != PER_SIDE) {
                throw new AssertionError(rows + " x " + columns + " patches");
            }
            Random random = new Random(index);
            float[] features = new float[PER_SIDE * PER_SIDE * 5];
            for (int i = 0; i < features.length; i++) {
                boolean own = telling && tiles(images)[index][i / 5] == i % 5;
                features[i] = (own ? 3 : 0) + (i % 5 == 4 ? 7 : 0.1f * (float) random.nextGaussian());
            }
            return AbstractTensor.create(features, PER_SIDE * PER_SIDE, 5);
        }

        private static int[][] tiles(ImageSet images) {
            return images instanceof Mosaics mosaics ? mosaics.tiles() : new int[images.size()][PER_SIDE * PER_SIDE];
        }
    }
}
