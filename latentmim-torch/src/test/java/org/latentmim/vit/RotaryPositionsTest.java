package org.latentmim.vit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Patches;
import org.latentmim.vit.Networks.Features;

class RotaryPositionsTest {

    private static final PatchGrid GRID = new PatchGrid(6, 8, 2, 0, 1);

    /** Width 16 and two heads: two pairs turn by the column, two by the row. */
    @Test
    void turnPairsByColumnAndRow() {
        try (PointerScope scope = new PointerScope()) {
            Tensor heads = Networks.normal(1, ScalarType.Double, 1, 2, 1, 8);
            int id = GRID.id(4, 1);
            DoubleIndexer turned = positions(GRID).rotation(ids(id), 0, ScalarType.Double).of(heads).createIndexer();
            DoubleIndexer x = heads.createIndexer();
            double column = 2 * Math.PI * (2 * 1.5 / 8 - 1);
            double row = 2 * Math.PI * (2 * 4.5 / 6 - 1);
            double[] angles = {column, column / 10, row, row / 10};
            for (int head = 0; head < 2; head++) {
                for (int pair = 0; pair < 4; pair++) {
                    double a = x.get(0, head, 0, pair);
                    double b = x.get(0, head, 0, pair + 4);
                    double cosine = Math.cos(angles[pair]);
                    double sine = Math.sin(angles[pair]);
                    assertThat(turned.get(0, head, 0, pair)).isCloseTo(a * cosine - b * sine, within(1e-12));
                    assertThat(turned.get(0, head, 0, pair + 4)).isCloseTo(b * cosine + a * sine, within(1e-12));
                }
            }
        }
    }

    @Test
    void letAttentionFeelHowFarApartPatchesAreAndNotWhereTheyLie() {
        try (PointerScope scope = new PointerScope()) {
            int down = GRID.id(2, 3);
            Tensor here = products(ids(0, 3, 10, 17));
            assertThat(Networks.distance(products(ids(down, 3 + down, 10 + down, 17 + down)), here)).isLessThan(1e-12);
            assertThat(Networks.distance(products(ids(0, 3, 10, 18)), here)).isGreaterThan(1e-3);
        }
    }

    @Test
    void leavePrefixTokensAsTheyAre() {
        try (PointerScope scope = new PointerScope()) {
            Tensor heads = Networks.normal(1, ScalarType.Double, 1, 2, 5, 8);
            Tensor turned = positions(GRID).rotation(ids(7, 11), 3, ScalarType.Double).of(heads);
            assertThat(turned.narrow(2, 0, 3).equal(heads.narrow(2, 0, 3))).isTrue();
            assertThat(Networks.distance(turned.narrow(2, 3, 2), heads.narrow(2, 3, 2))).isGreaterThan(1e-3);
        }
    }

    /** Three times as fine a grid has a cell in the middle of each cell. */
    @Test
    void spreadTheSameTurnsOverAnyGrid() {
        try (PointerScope scope = new PointerScope()) {
            Tensor heads = Networks.normal(1, ScalarType.Double, 1, 2, 1, 8);
            PatchGrid finer = new PatchGrid(18, 24, 2, 0, 1);
            Tensor coarse = positions(GRID).rotation(ids(GRID.id(4, 1)), 0, ScalarType.Double).of(heads);
            Tensor fine = positions(GRID).on(finer).rotation(ids(finer.id(13, 4)), 0, ScalarType.Double).of(heads);
            assertThat(Networks.distance(fine, coarse)).isLessThan(1e-12);
        }
    }

    @Test
    void turnPatchesOfEveryBandAlikeAndTellBandsApartByAVector() {
        PatchGrid banded = new PatchGrid(2, 3, 2, 0, 4, 2);
        try (PointerScope scope = new PointerScope()) {
            Parameters parameters = new Parameters();
            RotaryPositions positions = new RotaryPositions(parameters, "where", banded, 16, 2);
            Tensor heads = Networks.normal(1, ScalarType.Double, 1, 2, 1, 8);
            Tensor first = positions.rotation(ids(4), 0, ScalarType.Double).of(heads);
            Tensor second = positions.rotation(ids(4 + 6), 0, ScalarType.Double).of(heads);
            assertThat(second.equal(first)).isTrue();
            Tensor tokens = Networks.normal(2, ScalarType.Float, 1, 2, 16);
            Tensor vectors = parameters.learning().get("where_of_bands").unsqueeze(0);
            assertThat(Networks.distance(positions.addedTo(tokens, ids(4, 10)), tokens.add(vectors))).isZero();
        }
    }

    @Test
    void makeAnEncoderWithoutPrefixBlindToAShiftOfAllPatches() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Encoder encoder = Networks.encoder(GRID, Features.with(EncoderPositions.Kind.ROTARY).withPrefix(false, 0));
            Tensor values = Networks.normal(1, ScalarType.Float, 1, 4, GRID.valuesPerPatch());
            int down = GRID.id(2, 3);
            Tensor here = encoder.encode(new Patches(values, ids(0, 3, 10, 17)));
            Tensor there = encoder.encode(new Patches(values, ids(down, 3 + down, 10 + down, 17 + down)));
            Tensor elsewhere = encoder.encode(new Patches(values, ids(0, 3, 10, 25)));
            assertThat(Networks.distance(there, here)).isLessThan(1e-5);
            assertThat(Networks.distance(elsewhere, here)).isGreaterThan(1e-3);
        }
    }

    @Test
    void refuseHeadsThatCannotBeDividedByFour() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RotaryPositions(new Parameters(), "where", GRID, 24, 4))
                .withMessage("width must be a multiple of 4 a head for rotary positions, but is 24 for 4 heads");
    }

    /** How every query meets every key, one head of eight numbers. */
    private static Tensor products(Tensor ids) {
        Rotation rotation = new RotaryPositions(new Parameters(), "where", GRID, 8, 1).rotation(ids, 0, ScalarType.Double);
        Tensor queries = rotation.of(Networks.normal(1, ScalarType.Double, 1, 1, 4, 8));
        Tensor keys = rotation.of(Networks.normal(2, ScalarType.Double, 1, 1, 4, 8));
        return queries.matmul(keys.transpose(2, 3));
    }

    private static RotaryPositions positions(PatchGrid grid) {
        return new RotaryPositions(new Parameters(), "where", grid, 16, 2);
    }

    private static Tensor ids(long... ids) {
        return AbstractTensor.create(ids, 1, ids.length);
    }
}
