package org.latentmim.train;

import static org.bytedeco.pytorch.global.torch.stack;
import static org.bytedeco.pytorch.global.torch.zeros;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.runtime.Dispatch;
import org.latentmim.spi.Parameters;

/**
 * AdamW with torch's fused kernel. As published, weights whose name holds bias, norm or embed, and those with one axis, do not
 * decay. Gradients are dropped after the step, not zeroed: the next backward then writes instead of adding.
 */
final class Optimization {

    private static final double EPSILON = 1e-8;

    private final Group decaying = new Group();
    private final Group steady = new Group();
    private final LearningRate learningRate;
    private final WeightDecay weightDecay;
    private final double beta1;
    private final double beta2;
    private final OptionalDouble clipNorm;
    private Tensor steps;

    Optimization(TrainConfig config, Map<String, Parameters> parts) {
        this.learningRate = new LearningRate(config);
        this.weightDecay = new WeightDecay(config);
        this.beta1 = config.betas().get(0);
        this.beta2 = config.betas().get(1);
        this.clipNorm = config.clipNorm();
        parts.values().forEach(part -> part.learning()
                .forEach((name, weight) -> (decays(name, weight) ? decaying : steady).add(weight)));
    }

    static boolean decays(String name, Tensor weight) {
        return weight.dim() > 1 && !name.contains("bias") && !name.contains("norm") && !name.contains("embed");
    }

    /** Moves the weights with the learning rate and weight decay of a point of the run, in epochs. */
    OptionalDouble step(double epoch, boolean measureNorm) {
        return step(learningRate.at(epoch), weightDecay.at(epoch), measureNorm);
    }

    /** Moves the weights against their gradients and drops these; returns the norm of all gradients where it was asked for. */
    OptionalDouble step(double learningRate, double weightDecay, boolean measureNorm) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            List<Tensor> gradients = new ArrayList<>();
            List<Tensor> ofDecaying = decaying.gradients(gradients);
            List<Tensor> ofSteady = steady.gradients(gradients);
            OptionalDouble norm = OptionalDouble.empty();
            if (gradients.isEmpty()) {
                return norm;
            }
            if (measureNorm || clipNorm.isPresent()) {
                Tensor total = stack(new TensorVector(gradients.stream().map(Tensor::norm).toArray(Tensor[]::new))).norm();
                clipNorm.ifPresent(limit -> scale(gradients, total, limit));
                norm = measureNorm ? OptionalDouble.of(total.item_double()) : norm;
            }
            if (steps == null) {
                steps = zeros(new long[] {}, new TensorOptions(ScalarType.Float)).to(gradients.get(0).device(), ScalarType.Float);
                steps.retainReference();
            }
            steps.add_(new Scalar(1));
            decaying.move(ofDecaying, learningRate, weightDecay);
            steady.move(ofSteady, learningRate, 0);
            return norm;
        }
    }

    private static void scale(List<Tensor> gradients, Tensor norm, double limit) {
        Tensor factor = norm.add(new Scalar(1e-6)).reciprocal().mul(new Scalar(limit)).clamp_max(new Scalar(1));
        gradients.forEach(gradient -> gradient.mul_(factor));
    }

    /** Weights that decay alike, with their two moments. A weight that never gets a gradient has none and is left alone. */
    private final class Group {

        private final List<Tensor> weights = new ArrayList<>();
        private final List<Tensor> firstMoments = new ArrayList<>();
        private final List<Tensor> secondMoments = new ArrayList<>();

        void add(Tensor weight) {
            weights.add(weight);
            firstMoments.add(zeroMoment(weight));
            secondMoments.add(zeroMoment(weight));
        }

        private Tensor zeroMoment(Tensor weight) {
            try (NoGradGuard frozen = new NoGradGuard()) {
                Tensor moment = zeros_like(weight);
                moment.retainReference();
                return moment;
            }
        }

        List<Tensor> gradients(List<Tensor> all) {
            List<Tensor> gradients = weights.stream().map(Tensor::grad).toList();
            gradients.stream().filter(Tensor::defined).forEach(all::add);
            return gradients;
        }

        void move(List<Tensor> gradients, double learningRate, double decay) {
            List<List<Tensor>> moved = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            List<Tensor> stepOfEach = new ArrayList<>();
            for (int i = 0; i < weights.size(); i++) {
                if (gradients.get(i).defined()) {
                    moved.get(0).add(weights.get(i));
                    moved.get(1).add(gradients.get(i));
                    moved.get(2).add(firstMoments.get(i));
                    moved.get(3).add(secondMoments.get(i));
                    stepOfEach.add(steps);
                }
            }
            if (stepOfEach.isEmpty()) {
                return;
            }
            GenericList noMaxima = Dispatch.list(List.of());
            Dispatch.inPlace("aten::_fused_adamw_", "", Dispatch.list(moved.get(0)), Dispatch.list(moved.get(1)),
                    Dispatch.list(moved.get(2)), Dispatch.list(moved.get(3)), noMaxima, Dispatch.list(stepOfEach), learningRate, beta1,
                    beta2, decay, EPSILON, false, false, null, null);
            weights.forEach(weight -> weight.mutable_grad().reset());
        }
    }
}
