package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.latentmim.patch.PatchGrid;

class PatchifyTest {

    private static final int IMAGES = 3;

    static Stream<PatchGrid> grids() {
        return Stream.of(new PatchGrid(2, 5, 3, 2, 1), new PatchGrid(4, 1, 2, 3, 7), new PatchGrid(3, 2, 4, 0, 3));
    }

    @ParameterizedTest
    @MethodSource("grids")
    void cutsWhatANaiveLoopCuts(PatchGrid grid) {
        byte[] pixels = new byte[IMAGES * grid.height() * grid.width() * grid.channels()];
        new Random(1).nextBytes(pixels);
        Patchify patchify = new Patchify(grid);
        int[] offsets = new int[IMAGES * 2 * grid.size()];
        SplittableRandom random = new SplittableRandom(2);
        for (int image = 0; image < IMAGES; image++) {
            patchify.drawOffsets(random, offsets, image * 2 * grid.size());
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor images = empty(
                    new long[] {IMAGES, grid.height(), grid.width(), grid.channels()}, new TensorOptions(ScalarType.Byte), null);
            new BytePointer(images.data_ptr()).put(pixels, 0, pixels.length);
            Tensor patches = patchify.cut(images, offsets).contiguous();
            assertThat(patches.shape()).containsExactly(IMAGES, grid.size(), grid.valuesPerPatch());
            byte[] cut = new byte[IMAGES * grid.size() * grid.valuesPerPatch()];
            new BytePointer(patches.data_ptr()).get(cut, 0, cut.length);
            assertThat(cut).isEqualTo(naive(grid, pixels, offsets));
        }
    }

    @ParameterizedTest
    @MethodSource("grids")
    void joinsWhatItCutWithoutGap(PatchGrid grid) {
        for (int bands : new int[] {1, grid.channels()}) {
            PatchGrid banded = new PatchGrid(grid.rows(), grid.columns(), grid.patchSize(), 0, grid.channels(), bands);
            Patchify patchify = new Patchify(banded);
            try (PointerScope scope = new PointerScope()) {
                Tensor images = Networks.normal(5, ScalarType.Float, IMAGES, banded.height(), banded.width(), banded.channels());
                Tensor patches = patchify.cut(images, new int[IMAGES * 2 * banded.cells()]);
                assertThat(patchify.join(patches).equal(images)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("grids")
    void drawsOffsetsBelowTheGapAndAllOfThem(PatchGrid grid) {
        SplittableRandom random = new SplittableRandom(3);
        int[] drawn = new int[Math.max(1, grid.gap())];
        for (int image = 0; image < 100; image++) {
            int[] offsets = new int[2 * grid.size()];
            new Patchify(grid).drawOffsets(random, offsets, 0);
            Arrays.stream(offsets).forEach(offset -> drawn[offset]++);
        }
        double each = 200.0 * grid.size() / drawn.length;
        assertThat(Arrays.stream(drawn)).allMatch(count -> Math.abs(count - each) < 6 * Math.sqrt(each));
    }

    @Test
    void writesTheOffsetsOfOneImageAndNothingElse() {
        PatchGrid grid = new PatchGrid(2, 2, 3, 5, 1);
        int[] starts = new int[30];
        Arrays.fill(starts, -1);
        new Patchify(grid).drawOffsets(new SplittableRandom(4), starts, 8);
        assertThat(Arrays.copyOfRange(starts, 0, 8)).containsOnly(-1);
        assertThat(Arrays.stream(starts, 8, 16)).allMatch(offset -> offset >= 0 && offset < 5);
        assertThat(Arrays.copyOfRange(starts, 16, 30)).containsOnly(-1);
    }

    @Test
    void keepsTheTypeOfTheImages() {
        PatchGrid grid = new PatchGrid(2, 2, 2, 0, 1);
        try (PointerScope scope = new PointerScope()) {
            Tensor images = zeros(new long[] {1, 4, 4, 1}, new TensorOptions(ScalarType.Double));
            Tensor patches = new Patchify(grid).cut(images, new int[8]);
            assertThat(patches.scalar_type().intern()).isEqualTo(ScalarType.Double);
        }
    }

    @Test
    void refusesImagesThatDoNotFit() {
        Patchify patchify = new Patchify(new PatchGrid(2, 3, 4, 1, 3));
        try (PointerScope scope = new PointerScope()) {
            assertThatIllegalArgumentException().isThrownBy(() -> patchify.cut(zeros(1, 10, 14, 3), new int[12]))
                    .withMessage("images of 10 x 14 x 3 do not fit a grid of 10 x 15 x 3");
            assertThatIllegalArgumentException().isThrownBy(() -> patchify.cut(zeros(1, 10, 15, 1), new int[12]))
                    .withMessage("images of 10 x 15 x 1 do not fit a grid of 10 x 15 x 3");
        }
    }

    private static byte[] naive(PatchGrid grid, byte[] pixels, int[] offsets) {
        byte[] patches = new byte[IMAGES * grid.size() * grid.valuesPerPatch()];
        int to = 0;
        for (int image = 0; image < IMAGES; image++) {
            for (int id = 0; id < grid.size(); id++) {
                int offset = 2 * (image * grid.size() + id);
                for (int y = 0; y < grid.patchSize(); y++) {
                    for (int x = 0; x < grid.patchSize(); x++) {
                        int row = grid.row(id) * grid.cellSize() + offsets[offset] + y;
                        int column = grid.column(id) * grid.cellSize() + offsets[offset + 1] + x;
                        for (int channel = 0; channel < grid.channels(); channel++) {
                            patches[to++] =
                                    pixels[((image * grid.height() + row) * grid.width() + column) * grid.channels() + channel];
                        }
                    }
                }
            }
        }
        return patches;
    }
}
