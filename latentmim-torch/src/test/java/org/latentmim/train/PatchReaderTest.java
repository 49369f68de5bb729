package org.latentmim.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.data.Batch;
import org.latentmim.data.Normalization;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.Randomness.Purpose;
import org.latentmim.runtime.Products;
import org.latentmim.runtime.RuntimeConfig;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Patches;
import org.latentmim.spi.Progress;
import org.latentmim.testing.TestMaskContext;
import org.latentmim.vit.Patchify;

class PatchReaderTest {

    private static final PatchGrid GRID = new PatchGrid(2, 3, 2, 2, 2);
    private static final Normalization NORMALIZATION = new Normalization(List.of(0.5, 0.25), List.of(0.2, 0.4));
    private static final Randomness RANDOMNESS = new Randomness(9);
    private static final Progress PROGRESS = new Progress(3, 10, 1.5, 5, 1);

    private final PatchReader reader = reader(RuntimeConfig.Precision.FP64);

    @Test
    void cutsAtTheOffsetsOfTheImageAndNormalisesEachChannel() {
        Batch batch = batch(4, 17, 5);
        try (PointerScope scope = new PointerScope()) {
            double[] values = GoldenModel.doubles(reader.masked(batch, PROGRESS).values());
            int at = 0;
            for (int i = 0; i < batch.size(); i++) {
                int[] offsets = new int[2 * GRID.size()];
                new Patchify(GRID).drawOffsets(
                        RANDOMNESS.generator(Purpose.OFFSETS, batch.epoch(), batch.images()[i]), offsets, 0);
                for (int id = 0; id < GRID.size(); id++) {
                    for (int pixel = 0; pixel < 4; pixel++) {
                        int row = GRID.row(id) * 4 + offsets[2 * id] + pixel / 2;
                        int column = GRID.column(id) * 4 + offsets[2 * id + 1] + pixel % 2;
                        for (int channel = 0; channel < 2; channel++) {
                            int value = batch.pixels()[((i * 8 + row) * 12 + column) * 2 + channel] & 0xff;
                            double expected = channel == 0 ? (value / 255.0 - 0.5) / 0.2 : (value / 255.0 - 0.25) / 0.4;
                            assertThat(values[at++]).isCloseTo(expected, within(1e-12));
                        }
                    }
                }
            }
            assertThat(at).isEqualTo(values.length);
        }
    }

    @Test
    void givesVisibleAndMaskedIdsOfEveryImage() {
        try (PointerScope scope = new PointerScope()) {
            MaskedPatches patches = reader.masked(batch(4, 17, 5), PROGRESS);
            assertThat(patches.values().shape()).containsExactly(2, 6, 8);
            assertThat(patches.visibleIds().shape()).containsExactly(2, 2);
            assertThat(patches.maskedIds().shape()).containsExactly(2, 4);
            assertThat(patches.visibleIds().scalar_type().intern()).isEqualTo(ScalarType.Long);
            for (int i = 0; i < 2; i++) {
                RandomGenerator random = RANDOMNESS.generator(Purpose.MASK, 4, i == 0 ? 17 : 5);
                PatchMask mask = two(TestMaskContext.of(GRID, 0).with(random));
                assertThat(ids(patches.visibleIds(), i)).isEqualTo(mask.visible());
                assertThat(ids(patches.maskedIds(), i)).isEqualTo(mask.masked());
            }
        }
    }

    @Test
    void hidesAndCutsAnImageAlikeInWhateverBatchItIs() {
        try (PointerScope scope = new PointerScope()) {
            Batch first = batch(4, 17, 5);
            byte[] ofSecondImage = Arrays.copyOfRange(first.pixels(), 192, 384);
            MaskedPatches together = reader.masked(first, PROGRESS);
            MaskedPatches alone = reader.masked(new Batch(ofSecondImage, new int[] {5}, 4, 7), PROGRESS);
            assertThat(alone.values().equal(together.values().narrow(0, 1, 1))).isTrue();
            assertThat(alone.visibleIds().equal(together.visibleIds().narrow(0, 1, 1))).isTrue();
            assertThat(alone.maskedIds().equal(together.maskedIds().narrow(0, 1, 1))).isTrue();
        }
    }

    @Test
    void hidesAndCutsAnImageOtherwiseInTheNextEpoch() {
        int[] many = IntStream.range(0, 50).toArray();
        try (PointerScope scope = new PointerScope()) {
            MaskedPatches one = reader.masked(batch(4, many), PROGRESS);
            MaskedPatches next = reader.masked(batch(5, many), PROGRESS);
            assertThat(one.visibleIds().equal(next.visibleIds())).isFalse();
            assertThat(one.values().equal(next.values())).isFalse();
        }
    }

    @Test
    void showsAllOfAnImageWithoutGap() {
        byte[] pixels = new byte[2 * 4 * 6 * 2];
        new Random(1).nextBytes(pixels);
        try (PointerScope scope = new PointerScope()) {
            Patches whole = reader.whole(pixels, 2);
            assertThat(whole.values().shape()).containsExactly(2, 6, 8);
            assertThat(ids(whole.ids(), 1)).containsExactly(0, 1, 2, 3, 4, 5);
            double[] values = GoldenModel.doubles(whole.values());
            int lastPatchOfFirstImage = 5 * 8;
            int itsFirstPixel = (2 * 6 + 4) * 2;
            assertThat(values[lastPatchOfFirstImage])
                    .isCloseTo(((pixels[itsFirstPixel] & 0xff) / 255.0 - 0.5) / 0.2, within(1e-12));
            assertThat(values[lastPatchOfFirstImage + 1])
                    .isCloseTo(((pixels[itsFirstPixel + 1] & 0xff) / 255.0 - 0.25) / 0.4, within(1e-12));
        }
    }

    @Test
    void hasThePrecisionOfTheRun() {
        try (PointerScope scope = new PointerScope()) {
            for (RuntimeConfig.Precision precision : RuntimeConfig.Precision.values()) {
                Tensor values = reader(precision).masked(batch(0, 1), PROGRESS).values();
                assertThat(values.scalar_type().intern())
                        .isEqualTo(precision == RuntimeConfig.Precision.FP64 ? ScalarType.Double : ScalarType.Float);
            }
        }
    }

    @Test
    void refusesMasksOfDifferentSizesInABatch() {
        AtomicInteger visible = new AtomicInteger();
        PatchReader uneven = reader(RuntimeConfig.Precision.FP32,
                context -> PatchMask.ofOrder(new int[] {0, 1, 2, 3, 4, 5}, visible.incrementAndGet()));
        assertThatExceptionOfType(FailureException.class).isThrownBy(() -> uneven.masked(batch(0, 1, 2), PROGRESS))
                .withMessage("masking shows 1 and hides 5 patches of one image, and 2 and 4 of another; "
                        + "all images of a batch must show and hide as many");
    }

    @Test
    void tellsTheSamplerWhatItMayLookAt() {
        Batch batch = batch(4, 17, 5);
        int[] offsets = new int[2 * GRID.cells()];
        new Patchify(GRID).drawOffsets(RANDOMNESS.generator(Purpose.OFFSETS, 4, 5), offsets, 0);
        PatchReader reader = reader(RuntimeConfig.Precision.FP32, context -> {
            assertThat(context.grid()).isEqualTo(GRID);
            assertThat(context.progress()).isEqualTo(PROGRESS);
            assertThat(context.visible()).isEmpty();
            boolean isSecond = context.random().nextLong() == RANDOMNESS.generator(Purpose.MASK, 4, 5).nextLong();
            if (isSecond) {
                int firstPixel = 192 + ((offsets[0] * 12) + offsets[1]) * 2;
                assertThat(context.pixels().value(0, 0, 0, 1)).isEqualTo(batch.pixels()[firstPixel + 1] & 0xff);
            }
            return PatchMask.ofOrder(new int[] {5, 4, 3, 2, 1, 0}, 1, 3);
        });
        try (PointerScope scope = new PointerScope()) {
            MaskedPatches patches = reader.masked(batch, PROGRESS);
            assertThat(ids(patches.visibleIds(), 1)).containsExactly(5);
            assertThat(ids(patches.maskedIds(), 1)).containsExactly(4, 3, 2);
            assertThat(ids(patches.omittedIds(), 1)).containsExactly(1, 0);
            assertThat(ids(patches.all().ids(), 1)).containsExactly(5, 1, 0, 4, 3, 2);
            assertThat(patches.allWithHidden().hidden()).isEqualTo(5);
        }
    }

    @Test
    void asksTheTargetsEncoderOnceForABatchWhereToLook() {
        AtomicInteger calls = new AtomicInteger();
        List<float[]> seen = new ArrayList<>();
        Encoder watcher = mock(Encoder.class);
        when(watcher.attention(any())).thenAnswer(call -> {
            calls.incrementAndGet();
            Patches whole = call.getArgument(0);
            assertThat(whole.values().shape()).containsExactly(2, 6, 8);
            return AbstractTensor.create(new float[] {
                1, 2, 3, 4, 5, 6, 3, 4, 5, 6, 7, 8, 10, 20, 30, 40, 50, 60, 30, 40, 50, 60, 70, 80}, 2, 2, 6);
        });
        PatchReader reader = new PatchReader(GRID, context -> {
            seen.add(context.attention());
            return two(context);
        }, NORMALIZATION, RANDOMNESS, compute(RuntimeConfig.Precision.FP32), () -> Optional.of(watcher));
        try (PointerScope scope = new PointerScope()) {
            reader.masked(batch(4, 17, 5), PROGRESS);
        }
        assertThat(calls).hasValue(1);
        assertThat(seen).containsExactly(new float[] {2, 3, 4, 5, 6, 7}, new float[] {20, 30, 40, 50, 60, 70});
        PatchReader blind = reader(
                RuntimeConfig.Precision.FP32, context -> PatchMask.ofOrder(new int[(int) context.attention()[0]], 1));
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> blind.masked(batch(0, 1), PROGRESS))
                .withMessage("masking: attention asks the target's encoder where to look, and this target has none; "
                        + "a target such as momentum has one");
    }

    @Test
    void drawsTheSameMasksWithoutCutting() {
        Batch batch = batch(4, 17, 5);
        AtomicInteger asked = new AtomicInteger();
        PatchReader reader = new PatchReader(
                GRID, PatchReaderTest::two, NORMALIZATION, RANDOMNESS, compute(RuntimeConfig.Precision.FP32), () -> {
                    asked.incrementAndGet();
                    return Optional.empty();
                });
        List<PatchMask> masks = reader.masks(batch, reader.starts(batch), PROGRESS);
        try (PointerScope scope = new PointerScope()) {
            MaskedPatches patches = reader.masked(batch, PROGRESS);
            assertThat(masks).hasSize(2);
            for (int i = 0; i < 2; i++) {
                assertThat(masks.get(i).visible()).isEqualTo(ids(patches.visibleIds(), i));
                assertThat(masks.get(i).masked()).isEqualTo(ids(patches.maskedIds(), i));
            }
        }
        assertThat(asked).as("a sampler that does not look needs no encoder").hasValue(0);
    }

    @Test
    void cutsBandsIntoPatchesOfTheirOwnWithTheirOwnNormalisation() {
        PatchGrid bands = new PatchGrid(2, 3, 2, 2, 2, 2);
        PatchReader banded = new PatchReader(bands, PatchReaderTest::two, NORMALIZATION, RANDOMNESS,
                compute(RuntimeConfig.Precision.FP64), Optional::empty);
        Batch batch = batch(4, 17, 5);
        try (PointerScope scope = new PointerScope()) {
            Tensor whole = reader.masked(batch, PROGRESS).values().view(2, 6, 4, 2); // [B, cells, pixels, channels]
            Tensor cut = banded.masked(batch, PROGRESS).values();                    // [B, bands * cells, pixels]
            assertThat(cut.shape()).containsExactly(2, 12, 4);
            assertThat(cut.narrow(1, 0, 6).equal(whole.select(3, 0))).isTrue();
            assertThat(cut.narrow(1, 6, 6).equal(whole.select(3, 1))).isTrue();
        }
    }

    private static PatchReader reader(RuntimeConfig.Precision precision) {
        return reader(precision, PatchReaderTest::two);
    }

    private static PatchReader reader(RuntimeConfig.Precision precision, MaskSampler sampler) {
        return new PatchReader(GRID, sampler, NORMALIZATION, RANDOMNESS, compute(precision), Optional::empty);
    }

    private static Compute compute(RuntimeConfig.Precision precision) {
        return Compute.of(new RuntimeConfig(RuntimeConfig.DeviceChoice.CPU, precision, OptionalInt.of(1), OptionalInt.of(1),
                Products.Library.AUTO, false, false));
    }

    private static PatchMask two(MaskContext context) {
        BitSet visible = new BitSet();
        while (visible.cardinality() < 2) {
            visible.set(context.random().nextInt(context.grid().size()));
        }
        return PatchMask.ofVisible(context.grid(), visible);
    }

    private static Batch batch(long epoch, int... images) {
        byte[] pixels = new byte[images.length * 8 * 12 * 2];
        new Random(1).nextBytes(pixels);
        return new Batch(pixels, images, epoch, 0);
    }

    private static int[] ids(Tensor ids, int image) {
        return IntStream.range(0, (int) ids.size(1))
                .map(i -> (int) ids.narrow(0, image, 1).narrow(1, i, 1).item_long())
                .toArray();
    }
}
