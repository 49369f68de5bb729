package org.latentmim.train;

import static org.bytedeco.pytorch.global.torch.stack;
import static org.bytedeco.pytorch.global.torch.zeros;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.runtime.Dispatch;
import org.latentmim.spi.Parameters;

/**
 * AdamW with torch's fused kernel. How a weight moves is its {@link Treatment}. Gradients are dropped after the step, not zeroed:
 * the next backward then writes instead of adding.
 *
 * <p>An early update moves large weights as soon as some of them have their gradients, while torch finds those of others: then
 * few gradients are there at a time. A weight's gradient is complete when torch stores it, and nothing on the way to other
 * gradients reads the weight any more.
 *
 * <p>Nothing moves, nor counts the step, once the loss or a gradient of it is found not to be finite; what an early update has
 * moved by then stays moved. The device finds and heeds that by itself: nothing waits for it until {@link #result} is read.
 */
public final class Optimization implements AutoCloseable {

    private static final double EPSILON = 1e-8;
    private static final long LARGE = 1L << 18;
    private static final long AT_ONCE = 1L << 22;

    private final SortedMap<Treatment, Group> groups = new TreeMap<>();
    private final LearningRate learningRate;
    private final WeightDecay weightDecay;
    private final double beta1;
    private final double beta2;
    private final OptionalDouble clipNorm;
    private final List<TensorTensorHook> hooks = new ArrayList<>();
    private final List<Tensor> norms = new ArrayList<>();
    private final Tensor steps;
    private final Tensor lossNotFinite;
    private final Tensor notFinite; // 1 for yes, of the loss or a gradient
    private double slowDown = 1;
    private double rate;
    private double decay;
    private boolean measuresNorm;

    /** Makes moments of zeros, for weights that are treated as {@link Treatment#published}. */
    public Optimization(TrainConfig config, Map<String, Parameters> parts) {
        this(config, parts, Treatment::published);
    }

    /**
     * Makes moments of zeros.
     *
     * @param config gives learning rate, weight decay, betas and limit of the norm
     * @param parts whose weights learn, by prefix, placed where the run computes
     * @param treatment of each weight, by its name in its part
     */
    public Optimization(
            TrainConfig config, Map<String, Parameters> parts, BiFunction<String, Tensor, Treatment> treatment) {
        this.learningRate = new LearningRate(config);
        this.weightDecay = new WeightDecay(config);
        this.beta1 = config.betas().get(0);
        this.beta2 = config.betas().get(1);
        this.clipNorm = config.clipNorm();
        this.steps = zero(parts);
        this.lossNotFinite = zero(parts);
        this.notFinite = zero(parts);
        parts.forEach((prefix, part) -> part.learning().forEach((name, weight) -> {
            Group group = groups.computeIfAbsent(treatment.apply(name, weight), Group::new);
            AdamWState state = group.add(prefix + "." + name, weight);
            if (config.earlyUpdate() && weight.numel() >= LARGE) {
                moveEarly(state, group);
            }
        }));
    }

    /** Returns the tensors that a run needs to go on: both moments of each weight, and the steps done, named as torch does. */
    public Map<String, Tensor> state() {
        Map<String, Tensor> all = new LinkedHashMap<>();
        all.put("step", steps);
        states().forEach(state -> {
            all.put("exp_avg." + state.name(), state.firstMoment());
            all.put("exp_avg_sq." + state.name(), state.secondMoment());
        });
        return all;
    }

    private Stream<AdamWState> states() {
        return groups.values().stream().flatMap(group -> group.states.stream());
    }

    /** One number of 32 bits where the weights are. */
    private static Tensor zero(Map<String, Parameters> parts) {
        try (PointerScope scope = new PointerScope()) {
            Tensor here = zeros(new long[] {}, new TensorOptions(ScalarType.Float));
            return kept(parts.values().stream().flatMap(part -> part.learning().values().stream()).findFirst()
                    .map(weight -> here.to(weight.device(), ScalarType.Float))
                    .orElse(here));
        }
    }

    private void moveEarly(AdamWState state, Group group) {
        TensorTensorHook hook = new TensorTensorHook() {
            @Override
            public TensorBase call(TensorBase gradient) {
                group.moveSomeBefore(state); // this gradient is stored after the call, those before are
                return gradient;
            }
        };
        hook.retainReference();
        hooks.add(hook); // torch holds it weakly
        state.weight().register_hook(hook);
    }

    boolean onGpu() {
        return steps.is_cuda();
    }

    /** Multiplies the learning rates of the schedule from now on. */
    void slowDown(double factor) {
        slowDown = factor;
    }

    /** Begins a step with the learning rate and weight decay of a point of the run, in epochs. */
    public void begin(double epoch, boolean measureNorm) {
        begin(slowDown * learningRate.at(epoch), weightDecay.at(epoch), measureNorm);
    }

    /** Returns the learning rate of the last step. */
    public double rate() {
        return rate;
    }

    /** Returns the decay of weight matrices in the last step. */
    double weightDecay() {
        return decay;
    }

    /** Begins a step; gradients come between this and {@link #finish}. */
    void begin(double learningRate, double weightDecay, boolean measureNorm) {
        rate = learningRate;
        decay = weightDecay;
        measuresNorm = measureNorm;
        try (PointerScope scope = new PointerScope()) {
            steps.add_(new Scalar(1));
            lossNotFinite.zero_();
            notFinite.zero_();
        }
    }

    /** Returns a loss of this step as it is; one that is not finite keeps the weights from moving. */
    public Tensor checked(Tensor loss) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            lossNotFinite.logical_or_(loss.isfinite().logical_not());
            notFinite.logical_or_(lossNotFinite);
        }
        return loss;
    }

    /** Returns what became of the last step, as a number on the device: 0 if it was done, else a {@link StepResult}. */
    Tensor result() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            return kept(notFinite.mul(new Scalar(2)).sub(lossNotFinite));
        }
    }

    /** Moves the weights against their gradients and drops these; returns the norm of all gradients where it was asked for. */
    public OptionalDouble finish() {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            List<Tensor> gradients = gradients(states());
            if (!gradients.isEmpty()) {
                Tensor norm = look(gradients);
                clipNorm.ifPresent(limit -> clip(gradients, norm, limit));
            }
            groups.values().forEach(group -> group.move(group.states));
            steps.sub_(notFinite);
            if (norms.isEmpty()) {
                return OptionalDouble.empty();
            }
            double norm = total(norms).item_double();
            norms.forEach(Tensor::close);
            norms.clear();
            return OptionalDouble.of(norm);
        }
    }

    /** Frees the moments; the weights stay as they are. */
    @Override
    public void close() {
        state().values().forEach(Tensor::close);
        lossNotFinite.close();
        notFinite.close();
        hooks.forEach(TensorTensorHook::close);
    }

    /** Returns the norm of gradients; AdamW squares them, so that a norm that is not finite is one too many as well. */
    private Tensor look(List<Tensor> gradients) {
        Tensor norm = stack(Dispatch.tensors("aten::_foreach_norm", "Scalar", Dispatch.list(gradients), 2.0, null)).norm();
        notFinite.logical_or_(norm.isfinite().logical_not());
        if (measuresNorm) {
            norms.add(kept(norm));
        }
        return norm;
    }

    private static List<Tensor> gradients(Stream<AdamWState> states) {
        return states.map(state -> state.weight().grad()).filter(Tensor::defined).toList();
    }

    private static void clip(List<Tensor> gradients, Tensor norm, double limit) {
        Tensor factor = norm.add(new Scalar(1e-6)).reciprocal().mul(new Scalar(limit)).clamp_max(new Scalar(1));
        gradients.forEach(gradient -> gradient.mul_(factor));
    }

    private static Tensor total(List<Tensor> norms) {
        return stack(new TensorVector(norms.toArray(Tensor[]::new))).norm();
    }

    private static Tensor kept(Tensor tensor) {
        tensor.retainReference();
        return tensor;
    }

    /** A weight with its two moments. */
    private record AdamWState(String name, Tensor weight, Tensor firstMoment, Tensor secondMoment) {

        static AdamWState of(String name, Tensor weight) {
            try (NoGradGuard frozen = new NoGradGuard()) {
                return new AdamWState(name, weight, kept(zeros_like(weight)), kept(zeros_like(weight)));
            }
        }
    }

    /** Weights that are treated alike. */
    private final class Group {

        private final List<AdamWState> states = new ArrayList<>();
        private final List<AdamWState> waiting = new ArrayList<>();
        private final Treatment treatment;

        Group(Treatment treatment) {
            this.treatment = treatment;
        }

        AdamWState add(String name, Tensor weight) {
            AdamWState state = AdamWState.of(name, weight);
            states.add(state);
            return state;
        }

        /** Moves those that wait with their gradients if these are many by now, and lets one more wait. */
        void moveSomeBefore(AdamWState next) {
            if (waiting.stream().mapToLong(state -> state.weight().numel()).sum() >= AT_ONCE) {
                try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
                    look(gradients(waiting.stream()));
                    move(waiting);
                }
            }
            waiting.add(next);
        }

        /** Moves the weights that have a gradient now; one that never gets one is left alone. */
        void move(List<AdamWState> candidates) {
            List<AdamWState> moved = candidates.stream().filter(state -> state.weight().grad().defined()).toList();
            waiting.clear();
            if (moved.isEmpty()) {
                return;
            }
            GenericList noMaxima = Dispatch.list(List.of());
            Dispatch.inPlace("aten::_fused_adamw_", "", list(moved, AdamWState::weight),
                    list(moved, state -> state.weight().grad()),
                    list(moved, AdamWState::firstMoment), list(moved, AdamWState::secondMoment), noMaxima,
                    list(moved, state -> steps), rate * treatment.share(), beta1, beta2,
                    treatment.decays() ? decay : 0.0, EPSILON, false, false, null, notFinite);
            moved.forEach(state -> state.weight().mutable_grad().reset());
        }

        private static GenericList list(List<AdamWState> states, Function<AdamWState, Tensor> part) {
            return Dispatch.list(states.stream().map(part).toList());
        }
    }
}
