package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
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

    private static Tensor table(PatchGrid grid) {
        Parameters parameters = new Parameters();
        positions(parameters, grid);
        return parameters.all().get("where");
    }

    private static Positions positions(Parameters parameters, PatchGrid grid) {
        return new Positions(parameters, "where", Positions.Kind.SINE_COSINE, grid, WIDTH);
    }
}
