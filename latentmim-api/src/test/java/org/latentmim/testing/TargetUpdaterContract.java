package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.TargetUpdater;

/** What every {@link TargetUpdater} promises. */
public abstract class TargetUpdaterContract {

    private static final int IMAGES = 2;
    private static final int VISIBLE = 5;

    /** Builds the updater to test with encoders of its own, as the framework would for this grid. */
    protected abstract TargetUpdater updater(PatchGrid grid);

    /** Whether the method of this updater is to learn its targets, which then have a gradient. */
    protected boolean learnsJointly() {
        return false;
    }

    /** The grid to test on, of 8 patches or more. */
    protected PatchGrid grid() {
        return new PatchGrid(4, 4, 4, 0, 3);
    }

    @Test
    void saysOneTargetOfEveryMaskedPatch() {
        try (PointerScope scope = new PointerScope()) {
            TargetUpdater updater = updater(grid());
            assertThat(updater.targets(patches()).shape())
                    .containsExactly(IMAGES, grid().size() - VISIBLE, updater.width());
        }
    }

    @Test
    void hasAGradientOnlyIfItLearnsJointly() {
        try (PointerScope scope = new PointerScope()) {
            assertThat(updater(grid()).targets(patches()).requires_grad()).isEqualTo(learnsJointly());
        }
    }

    @Test
    void passesItsGradientOnToTheEncoderIfItLearnsJointly() {
        try (PointerScope scope = new PointerScope()) {
            TargetUpdater updater = updater(grid());
            Tensor targets = updater.targets(patches());
            if (learnsJointly()) {
                targets.square().sum().backward();
                assertThat(weights(updater)).isNotEmpty().allMatch(weight -> weight.grad().defined());
            } else {
                assertThat(targets.is_leaf()).isTrue();
                assertThat(updater.parameters().learning()).as("without gradient there is nothing to learn").isEmpty();
            }
        }
    }

    @Test
    void updatesWithoutGradient() {
        try (PointerScope scope = new PointerScope()) {
            TargetUpdater updater = updater(grid());
            updater.update(Tensors.START);
            assertThat(updater.parameters().all().values())
                    .allMatch(Tensor::is_leaf)
                    .noneMatch(weight -> weight.grad().defined());
            assertThat(weights(updater)).allMatch(Tensor::is_leaf).noneMatch(weight -> weight.grad().defined());
        }
    }

    @Test
    void answersInTheOrderOfTheMaskedIds() {
        try (PointerScope scope = new PointerScope()) {
            TargetUpdater updater = updater(grid());
            Tensor targets = updater.targets(patches());
            MaskedPatches reversed =
                    new MaskedPatches(patches().values(), patches().visibleIds(), patches().maskedIds().flip(1),
                            patches().omittedIds());
            assertThat(Tensors.distance(updater.targets(reversed), targets.flip(1))).isLessThan(1e-4);
            assertThat(Tensors.distance(updater.targets(reversed), targets)).as("patches must matter").isGreaterThan(1e-6);
        }
    }

    @Test
    void saysNothingOfOmittedPatches() {
        try (PointerScope scope = new PointerScope()) {
            TargetUpdater updater = updater(grid());
            MaskedPatches whole = patches();
            Tensor masked = whole.maskedIds().narrow(1, 0, 2);
            Tensor omitted = whole.maskedIds().narrow(1, 2, whole.maskedIds().size(1) - 2);
            Tensor targets = updater.targets(new MaskedPatches(whole.values(), whole.visibleIds(), masked, omitted));
            Tensor reversed =
                    updater.targets(new MaskedPatches(whole.values(), whole.visibleIds(), masked.flip(1), omitted));
            assertThat(targets.shape()).containsExactly(IMAGES, 2, updater.width());
            assertThat(Tensors.distance(reversed, targets.flip(1))).isLessThan(1e-4);
        }
    }

    @Test
    void saysTheSameUntilItIsUpdated() {
        try (PointerScope scope = new PointerScope()) {
            TargetUpdater updater = updater(grid());
            assertThat(Tensors.distance(updater.targets(patches()), updater.targets(patches()))).isZero();
        }
    }

    @Test
    void followsThePrecisionOfThePatches() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            TargetUpdater updater = updater(grid());
            updater.parameters().all().values().forEach(TargetUpdaterContract::widen);
            updater.encoder().ifPresent(encoder -> encoder.parameters().all().values().forEach(TargetUpdaterContract::widen));
            MaskedPatches patches = patches();
            Tensor values = patches.values().to(ScalarType.Double);
            Tensor targets = updater.targets(
                    new MaskedPatches(values, patches.visibleIds(), patches.maskedIds(), patches.omittedIds()));
            assertThat(targets.scalar_type().intern()).isEqualTo(ScalarType.Double);
        }
    }

    @Test
    void staysFiniteOverManyUpdates() {
        try (PointerScope scope = new PointerScope()) {
            TargetUpdater updater = updater(grid());
            for (int i = 0; i < 20; i++) {
                updater.update(Tensors.START);
            }
            assertThat(updater.targets(patches()).isfinite().all().item_bool()).isTrue();
            assertThat(updater.parameters()).isSameAs(updater.parameters());
        }
    }

    @Test
    void leavesNothingBehindInItsCallersScope() {
        TargetUpdater updater = updater(grid());
        work(updater);
        long before = Pointer.totalCount();
        for (int i = 0; i < 100; i++) {
            work(updater);
        }
        assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }

    private static void widen(Tensor tensor) {
        tensor.set_data(tensor.to(ScalarType.Double));
    }

    /** What the encoder of the target side has learned or would learn, where there is one. */
    private static List<Tensor> weights(TargetUpdater updater) {
        return updater.encoder().map(encoder -> List.copyOf(encoder.parameters().learning().values())).orElse(List.of());
    }

    private void work(TargetUpdater updater) {
        try (PointerScope scope = new PointerScope()) {
            updater.update(Tensors.START);
            updater.targets(patches());
        }
    }

    private MaskedPatches patches() {
        return Tensors.masked(grid(), IMAGES, VISIBLE);
    }
}
