package org.latentmim.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.latentmim.data.Batch;
import org.latentmim.data.Loader;
import org.latentmim.data.Normalization;
import org.latentmim.patch.PatchGrid;
import org.latentmim.patch.PatchMask;
import org.latentmim.pipeline.Assembly;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.pipeline.TinyRecipe;
import org.latentmim.preview.MaskPreview.MaskedImage;
import org.latentmim.preview.MaskPreview.Moment;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.Randomness;
import org.latentmim.runtime.UsageException;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.MaskContext;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Patches;
import org.latentmim.train.PatchReader;
import org.latentmim.train.RunPlan;

class MaskPreviewTest {

    private final Assembly assembly = Assembly.of(TinyRecipe.with("train.accumulation=2"));
    private final RunPlan plan = RunPlan.of(assembly.recipe().train(), assembly.get(Loader.class).batchesPerEpoch());

    @Test
    void showsTheImagesOfTheFirstStepAsTrainingMasksThem() {
        assertIsAsInTraining(assembly.get(PatchReader.class));
    }

    @Test
    void showsMasksByAttentionAsTrainingDrawsThem() {
        Encoder looksAtBrightness = mock(Encoder.class);
        when(looksAtBrightness.attention(any()))
                .thenAnswer(call -> call.<Patches>getArgument(0).values().mean(2).unsqueeze(1)); // [B, 1, N]
        assertIsAsInTraining(reader(MaskPreviewTest::fourThatTheTargetLooksAt, Optional.of(looksAtBrightness)));
    }

    private void assertIsAsInTraining(PatchReader reader) {
        MaskPreview preview = preview(reader, 8, 8);
        assertThat(preview.images()).hasSize(8);
        PatchGrid grid = preview.grid();
        try (Loader loader = assembly.get(Loader.class); PointerScope scope = new PointerScope()) {
            loader.start(0, 0);
            for (int i = 0; i < 8; i += 4) {
                Batch batch = loader.next();
                MaskedPatches patches = reader.masked(batch, plan.progress(0));
                for (int place = 0; place < 4; place++) {
                    MaskedImage shown = preview.images().get(i + place);
                    int size = grid.height() * grid.width() * 3;
                    assertThat(shown.image().id()).isEqualTo("stripes " + batch.images()[place]);
                    assertThat(shown.image().pixels())
                            .isEqualTo(Arrays.copyOfRange(batch.pixels(), place * size, (place + 1) * size));
                    assertThat(shown.masks().get(0).visible()).isEqualTo(ids(patches.visibleIds(), place));
                    assertThat(shown.masks().get(0).masked()).isEqualTo(ids(patches.maskedIds(), place));
                    assertThat(shown.image().patches().value(5, 1, 2, 0)).as("a pixel where training cuts it")
                            .isEqualTo(firstChannel(patches.values(), place, 5, 1, 2));
                    int pixel = ((shown.image().top(5) + 1) * grid.width() + shown.image().left(5) + 2) * 3;
                    assertThat(shown.image().pixels()[pixel] & 0xff).isEqualTo(firstChannel(patches.values(), place, 5, 1, 2));
                }
            }
        }
    }

    @Test
    void countsOverAsManyDrawsAsAsked() {
        MaskPreview preview = preview(assembly.get(PatchReader.class), 2, 101);
        assertThat(preview.images()).hasSize(2);
        assertThat(preview.changes()).isFalse();
        for (Moment moment : preview.moments()) {
            MaskStatistics statistics = moment.statistics();
            assertThat(statistics.draws()).isEqualTo(101);
            assertThat(statistics.visible()).isEqualTo(4);
            assertThat(statistics.masked()).isEqualTo(8);
            assertThat(statistics.distanceInCells().count()).isEqualTo(101 * 8);
            assertThat(moment.nanosPerMask()).isPositive();
        }
    }

    @Test
    void looksAtTheFirstStepOneInTheMiddleAndTheLastOne() {
        List<Moment> moments = preview(assembly.get(PatchReader.class), 1, 1).moments();
        assertThat(moments).extracting(Moment::progress)
                .containsExactly(plan.progress(0), plan.progress(3), plan.progress(5));
        Assembly shortest = Assembly.of(TinyRecipe.with("train.epochs=1", "train.warmup-epochs=0", "train.batch=24"));
        try (Loader loader = shortest.get(Loader.class)) {
            RunPlan single = RunPlan.of(shortest.recipe().train(), loader.batchesPerEpoch());
            MaskPreview preview = MaskPreview.of(
                    shortest.get(PatchReader.class), loader, shortest.trainImages(), shortest.grid(), single, 1, 1);
            assertThat(preview.moments()).hasSize(1);
        }
    }

    @Test
    void showsHowACurriculumChangesTheMasks() {
        MaskPreview preview = preview(reader(MaskPreviewTest::fewerAndFewer, Optional.empty()), 1, 24);
        assertThat(preview.changes()).isTrue();
        assertThat(preview.moments()).extracting(moment -> moment.statistics().visible()).containsExactly(10, 6, 3);
        assertThat(preview.images().get(0).masks()).extracting(PatchMask::visibleCount).containsExactly(10, 6, 3);
        assertThat(preview.moments()).extracting(moment -> moment.statistics().distanceInCells().mean()).isSorted();
    }

    @Test
    void buildsNoNetworkThatTheMasksDoNotNeed() {
        MaskPreview preview = Pretraining.preview(TinyRecipe.with("encoder.heads=5"), 3, 3);
        assertThat(preview.images()).hasSize(3);
    }

    @Test
    void refusesMoreImagesThanAStepHasAndFewerDrawsThanImages() {
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Pretraining.preview(TinyRecipe.with(), 5, 10))
                .withMessage("--images must be between 1 and 4, the images of a step, but is 5.");
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Pretraining.preview(TinyRecipe.with(), 0, 10))
                .withMessage("--images must be between 1 and 4, the images of a step, but is 0.");
        assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Pretraining.preview(TinyRecipe.with(), 3, 2))
                .withMessage("--draws must be at least 3, the images to show, but is 2.");
    }

    private MaskPreview preview(PatchReader reader, int images, int draws) {
        try (Loader loader = assembly.get(Loader.class)) {
            return MaskPreview.of(reader, loader, assembly.trainImages(), assembly.grid(), plan, images, draws);
        }
    }

    private PatchReader reader(MaskSampler sampler, Optional<Encoder> watcher) {
        return new PatchReader(assembly.grid(), sampler, assembly.get(Normalization.class), assembly.get(Randomness.class),
                assembly.get(Compute.class), () -> watcher);
    }

    /** From 10 of 12 patches at the start to 3 shortly before the end. */
    private static PatchMask fewerAndFewer(MaskContext context) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, context.grid().size()).boxed().toList());
        for (int i = order.size() - 1; i > 0; i--) {
            Collections.swap(order, i, context.random().nextInt(i + 1));
        }
        int visible = (int) Math.round(10 - 8 * context.progress().fraction());
        return PatchMask.ofOrder(order.stream().mapToInt(Integer::intValue).toArray(), visible);
    }

    private static PatchMask fourThatTheTargetLooksAt(MaskContext context) {
        float[] attention = context.attention();
        BitSet visible = new BitSet();
        IntStream.range(0, attention.length).boxed()
                .sorted((one, other) -> Float.compare(attention[other], attention[one]))
                .limit(4)
                .forEach(visible::set);
        return PatchMask.ofVisible(context.grid(), visible);
    }

    private int firstChannel(Tensor values, int image, int id, int row, int column) {
        double value = values.narrow(0, image, 1).narrow(1, id, 1).narrow(2, (row * 4 + column) * 3, 1).item_double();
        return (int) Math.round((value * 0.25 + 0.5) * 255); // mean and deviation of the recipe
    }

    private static int[] ids(Tensor ids, int image) {
        return IntStream.range(0, (int) ids.size(1))
                .map(i -> (int) ids.narrow(0, image, 1).narrow(1, i, 1).item_long())
                .toArray();
    }
}
