package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.arange;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Parameters;

class PositionsTest {

    private static final int WIDTH = 8;

    @Test
    void followColumnsInTheFirstHalfAndRowsInTheSecond() {
        PatchGrid grid = new PatchGrid(2, 3, 4, 0, 3);
        try (PointerScope scope = new PointerScope()) {
            FloatIndexer table = table(grid).createIndexer();
            for (int id = 0; id < grid.size(); id++) {
                double column = grid.column(id) * 3 / 2.0; // 0, 1.5, 3
                double row = grid.row(id) * 2 / 1.0;       // 0, 2
                double[] expected = {
                        Math.sin(column), Math.sin(column / 100), Math.cos(column), Math.cos(column / 100),
                        Math.sin(row), Math.sin(row / 100), Math.cos(row), Math.cos(row / 100)};
                for (int d = 0; d < WIDTH; d++) {
                    assertThat((double) table.get(1 + id, d)).as("patch %d, number %d", id, d)
                            .isCloseTo(expected[d], within(1e-6));
                }
            }
        }
    }

    @Test
    void areZeroForPrefixTokens() {
        try (PointerScope scope = new PointerScope()) {
            Tensor prefix = positions(new Parameters(), new PatchGrid(2, 3, 4, 0, 3)).ofPrefix();
            assertThat(prefix.shape()).containsExactly(1, 1, WIDTH);
            assertThat(prefix.abs().max().item_double()).isZero();
        }
    }

    @Test
    void startAtZeroOnASideOfOneCell() {
        try (PointerScope scope = new PointerScope()) {
            FloatIndexer table = table(new PatchGrid(1, 4, 4, 0, 3)).createIndexer();
            for (int id = 0; id < 4; id++) {
                assertThat(new float[] {table.get(1 + id, 4), table.get(1 + id, 5), table.get(1 + id, 6), table.get(1 + id, 7)})
                        .containsExactly(0, 0, 1, 1);
            }
        }
    }

    @Test
    void areLookedUpById() {
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            Positions positions = positions(parameters, new PatchGrid(2, 3, 4, 0, 3));
            Tensor found = positions.of(AbstractTensor.create(new long[] {5, 0, 3, 3}, 2, 2));
            assertThat(found.shape()).containsExactly(2, 2, WIDTH);
            long[] rows = {6, 1, 4, 4};
            for (int i = 0; i < rows.length; i++) {
                Tensor row = parameters.all().get("where").narrow(0, rows[i], 1).view(WIDTH);
                assertThat(found.view(4, WIDTH).narrow(0, i, 1).view(WIDTH).equal(row)).isTrue();
            }
        }
    }

    /** A grid of 2 G - 1 cells has one cell between each two of a grid of G. */
    @ParameterizedTest
    @EnumSource(Positions.Kind.class)
    void keepTheirPlacesOnAGridWithCellsBetween(Positions.Kind kind) {
        PatchGrid grid = new PatchGrid(4, 5, 2, 0, 1);
        PatchGrid finer = new PatchGrid(7, 9, 2, 0, 1);
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Parameters parameters = new Parameters();
            Positions positions = new Positions(parameters, "where", kind, grid, WIDTH);
            if (kind == Positions.Kind.LEARNED) {
                parameters.all().get("where").copy_(Networks.normal(1, ScalarType.Float, 1 + grid.cells(), WIDTH));
            }
            Positions onFiner = positions.on(finer);
            for (int id = 0; id < grid.cells(); id++) {
                int even = finer.id(2 * grid.row(id), 2 * grid.column(id));
                assertThat(Networks.distance(onFiner.of(ids(even)), positions.of(ids(id)))).isLessThan(1e-5);
            }
            assertThat(Networks.distance(onFiner.ofPrefix(), positions.ofPrefix())).isZero();
            assertThat(Networks.distance(onFiner.on(grid).of(ids(7)), positions.of(ids(7)))).as("and back").isLessThan(1e-6);
        }
    }

    @Test
    void areComputedAnewOnAnotherGridOverTheSameRange() {
        try (PointerScope scope = new PointerScope()) {
            Positions positions = positions(new Parameters(), new PatchGrid(2, 3, 4, 0, 3)).on(new PatchGrid(5, 6, 4, 0, 3));
            FloatIndexer found = positions.of(ids(3 * 6 + 4)).createIndexer();
            double column = 4 * 3 / 5.0;
            double row = 3 * 2 / 4.0;
            double[] expected = {
                    Math.sin(column), Math.sin(column / 100), Math.cos(column), Math.cos(column / 100),
                    Math.sin(row), Math.sin(row / 100), Math.cos(row), Math.cos(row / 100)};
            for (int d = 0; d < WIDTH; d++) {
                assertThat((double) found.get(0, 0, d)).isCloseTo(expected[d], within(1e-6));
            }
        }
    }

    /** Bicubic interpolation has straight lines pass as they are away from the border, where it repeats the outermost cells. */
    @Test
    void areInterpolatedOnAnotherGridWhereLearned() {
        PatchGrid grid = new PatchGrid(7, 7, 2, 0, 1);
        PatchGrid finer = new PatchGrid(13, 13, 2, 0, 1);
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            Positions positions = new Positions(parameters, "where", Positions.Kind.LEARNED, grid, WIDTH);
            Tensor table = parameters.all().get("where");
            Tensor columns = arange(new Scalar(grid.cells())).remainder(new Scalar(7)).to(ScalarType.Float).unsqueeze(1);
            try (NoGradGuard frozen = new NoGradGuard()) {
                table.narrow(0, 1, grid.cells()).copy_(columns.expand(-1, WIDTH));
            }
            Tensor between = positions.on(finer).of(ids(finer.id(6, 5)));
            assertThat(between.mean().item_double()).isCloseTo(2.5, within(1e-6));

            between.sum().backward();
            Tensor gradient = table.grad();
            assertThat(gradient.narrow(0, 0, 1).abs().max().item_double()).as("the prefix token's row").isZero();
            assertThat(gradient.sum().item_double()).as("weights of the neighbours").isCloseTo(WIDTH, within(1e-5));
        }
    }

    @Test
    void tellBandsApartOnAnyGrid() {
        PatchGrid banded = new PatchGrid(2, 3, 4, 0, 4, 2);
        PatchGrid larger = new PatchGrid(4, 3, 4, 0, 4, 2);
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            Positions positions = positions(parameters, banded).on(larger);
            Tensor vectors = parameters.learning().get("where_of_bands");
            Tensor difference = positions.of(ids(5 + 12)).sub(positions.of(ids(5))).view(WIDTH);
            Tensor ofBands = vectors.narrow(0, 1, 1).sub(vectors.narrow(0, 0, 1)).view(WIDTH);
            assertThat(Networks.distance(difference, ofBands)).isLessThan(1e-6);
        }
    }

    private static Tensor ids(long... ids) {
        return AbstractTensor.create(ids, 1, ids.length);
    }

    private static Tensor table(PatchGrid grid) {
        Parameters parameters = new Parameters();
        positions(parameters, grid);
        return parameters.all().get("where");
    }

    private static Positions positions(Parameters parameters, PatchGrid grid) {
        return new Positions(parameters, "where", Positions.Kind.SINE_COSINE, grid, WIDTH);
    }
}
