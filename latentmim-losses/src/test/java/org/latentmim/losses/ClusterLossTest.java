package org.latentmim.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.eye;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.mm;
import static org.bytedeco.pytorch.global.torch.softmax;

import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.latentmim.patch.PatchGrid;
import org.latentmim.spi.DecoderShape;
import org.latentmim.spi.Reconstruction;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.testing.ReconstructionLossContract;
import org.latentmim.testing.Tensors;

class ClusterLossTest extends ReconstructionLossContract {

    private static final int WIDTH = 4;
    private static final ClusterLoss.Config SMALL = new ClusterLoss.Config(4, 0.06, 0.12, 3);

    @Override
    protected ReconstructionLoss loss(DecoderShape shape) {
        return new ClusterLoss(new ClusterLoss.Config(5, 0.06, 0.12, 3), shape);
    }

    @Override
    protected boolean isMeanOverImages() {
        return false;
    }

    @Test
    void hasItsClosedFormWhereEveryTokenHasAPrototypeOfItsOwn() {
        try (PointerScope scope = new PointerScope()) {
            Tensor tokens = eye(WIDTH, new TensorOptions(ScalarType.Double)).unsqueeze(0);
            // Scores of 1 and 0: the sums are equal from the start, so assignments are a softmax.
            double own = Math.exp(1 / 0.06) / (Math.exp(1 / 0.06) + 3);
            double other = (1 - own) / 3;
            double logSum = Math.log(Math.exp(1 / 0.12) + 3);
            double crossEntropy = -own * (1 / 0.12 - logSum) + 3 * other * logSum;
            assertThat(Batches.loss(withAxes(1), tokens.mul(new Scalar(7)), tokens)).isCloseTo(2 * crossEntropy, within(1e-12));
        }
    }

    @Test
    void fallsAsPredictionsTurnToTheClustersOfTheirTargets() {
        try (PointerScope scope = new PointerScope()) {
            ReconstructionLoss loss = withAxes(10);
            Tensor targets = eye(WIDTH, new TensorOptions(ScalarType.Double)).unsqueeze(0);
            Tensor wrong = targets.roll(new long[] {1}, 1);
            double before = Batches.loss(loss, wrong, targets);
            double halfWay = Batches.loss(loss, wrong.add(targets), targets);
            double after = Batches.loss(loss, targets, targets);
            assertThat(before - halfWay).isGreaterThan(1);
            assertThat(halfWay - after).isGreaterThan(0.5);
        }
    }

    @Test
    void findsTheGroupsOfItsTargets() {
        manual_seed(0);
        try (PointerScope scope = new PointerScope()) {
            // Sixteen tokens around each of four directions, in disorder; predictions that equal their targets.
            Tensor groups = Tensors.normal(1, ScalarType.Float, 1, 4, WIDTH).repeat(16, 1, 1);
            Tensor targets = groups.add(Tensors.normal(2, ScalarType.Float, 16, 4, WIDTH).mul(new Scalar(0.1)));
            ClusterLoss loss = new ClusterLoss(SMALL, shape());
            double before = Batches.loss(loss, targets, targets);
            for (int step = 0; step < 200; step++) {
                descend(loss, new Reconstruction(targets, targets, targets));
            }
            assertThat(before).isGreaterThan(2);
            assertThat(Batches.loss(loss, targets, targets)).isLessThan(0.2);
            assertThat(Batches.loss(loss, targets.roll(new long[] {1}, 1), targets)).isGreaterThan(4);
        }
    }

    private static void descend(ClusterLoss loss, Reconstruction reconstruction) {
        try (PointerScope scope = new PointerScope()) {
            loss.loss(reconstruction, Tensors.START).backward();
            try (NoGradGuard frozen = new NoGradGuard()) {
                loss.parameters().learning().values().forEach(tensor -> {
                    tensor.sub_(tensor.grad().mul(new Scalar(0.5)));
                    tensor.mutable_grad().reset();
                });
            }
        }
    }

    @Test
    void doesNotRewardTargetsThatAreAllTheSame() {
        try (PointerScope scope = new PointerScope()) {
            Tensor equal = Batches.normal(1, 1, 1, WIDTH).expand(2, 6, WIDTH);
            assertThat(Batches.loss(wide(new ClusterLoss(SMALL, shape())), equal, equal)).isGreaterThan(2 * Math.log(4));
        }
    }

    @Test
    void movesPrototypesByTheirCrossEntropyAlone() {
        try (PointerScope scope = new PointerScope()) {
            ClusterLoss loss = wide(new ClusterLoss(SMALL, shape()));
            Map<String, Tensor> tensors = loss.parameters().all();
            Tensor targets = Batches.normal(1, 2, 3, WIDTH);
            loss.loss(new Reconstruction(Batches.normal(2, 2, 3, WIDTH), targets, targets), Tensors.START).backward();

            Tensor directions = Norm.unit(targets.flatten(0, 1));
            Tensor scores = mm(directions, tensors.get("prototypes.weight").detach().t());
            Tensor surprise = softmax(scores.div(new Scalar(0.12)), 1).sub(Sinkhorn.assign(scores, 0.06, 3));
            Tensor expected = mm(surprise.t(), directions).div(new Scalar(0.12 * 6));
            double[][] gradient = Batches.numbers(tensors.get("prototypes.weight").grad());
            for (int k = 0; k < 4; k++) {
                assertThat(gradient[k]).containsExactly(Batches.numbers(expected)[k], within(1e-12));
            }
        }
    }

    @Test
    void reachesNoTargetsEvenIfTheyCouldLearn() {
        try (PointerScope scope = new PointerScope()) {
            Tensor targets = Batches.normal(1, 2, 3, WIDTH).set_requires_grad(true);
            wide(new ClusterLoss(SMALL, shape()))
                    .loss(new Reconstruction(Batches.normal(2, 2, 3, WIDTH), targets, targets), Tensors.START).backward();
            assertThat(targets.grad().defined()).isFalse();
        }
    }

    @Test
    void looksAtDirectionsAlone() {
        try (PointerScope scope = new PointerScope()) {
            ClusterLoss loss = wide(new ClusterLoss(SMALL, shape()));
            Tensor predicted = Batches.normal(1, 2, 3, WIDTH);
            Tensor targets = Batches.normal(2, 2, 3, WIDTH);
            double expected = Batches.loss(loss, predicted, targets);
            assertThat(Batches.loss(loss, predicted.mul(new Scalar(30)), targets.mul(new Scalar(0.1))))
                    .isCloseTo(expected, within(1e-9));
        }
    }

    @Test
    void learnsPrototypesAndAHead() {
        ClusterLoss loss = new ClusterLoss(new ClusterLoss.Config(6, 0.06, 0.12, 3), shape());
        assertThat(loss.parameters().learning())
                .containsOnlyKeys("prototypes.weight", "prototypes.bias", "head.weight", "head.gain");
        assertThat(loss.parameters().count()).isEqualTo(2 * 6 * WIDTH + 2 * 6);
    }

    @Test
    void wantsNumbersWithinTheirRanges() {
        refuses(1, 0.06, 0.12, 3, "prototypes must be at least 2, but is 1");
        refuses(2, 0, 0.12, 3, "target-temperature must be more than 0, but is 0.0");
        refuses(2, 0.06, -1, 3, "temperature must be more than 0, but is -1.0");
        refuses(2, 0.06, 0.12, 0, "iterations must be at least 1, but is 0");
    }

    private static void refuses(int prototypes, double targetTemperature, double temperature, int iterations, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClusterLoss.Config(prototypes, targetTemperature, temperature, iterations))
                .withMessage(message);
    }

    /** Prototypes along the axes, as long as told; the head knows them. */
    private static ClusterLoss withAxes(double length) {
        ClusterLoss loss = wide(new ClusterLoss(SMALL, shape()));
        Tensor axes = eye(WIDTH, new TensorOptions(ScalarType.Double));
        loss.parameters().all().get("prototypes.weight").set_data(axes.mul(new Scalar(length)));
        loss.parameters().all().get("head.weight").set_data(axes.mul(new Scalar(0.02)));
        return loss;
    }

    private static ClusterLoss wide(ClusterLoss loss) {
        loss.parameters().all().values().forEach(tensor -> tensor.set_data(tensor.to(ScalarType.Double)));
        return loss;
    }

    private static DecoderShape shape() {
        return new DecoderShape(new PatchGrid(3, 3, 4, 0, 3), 1, WIDTH, WIDTH, false);
    }
}
