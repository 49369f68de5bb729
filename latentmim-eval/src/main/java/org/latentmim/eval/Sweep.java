package org.latentmim.eval;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.runtime.Randomness;
import org.latentmim.spi.Schedule;

/**
 * Linear classifiers that differ in learning rate and weight decay and learn side by side, by stochastic gradient descent with
 * momentum; the rates fall to 0 along half a cosine. They begin alike and see the same images in the same order.
 */
final class Sweep {

    private static final double MOMENTUM = 0.9;

    /**
     * How one classifier learns.
     *
     * @param rate at the start
     * @param decay share of the weights that is added to their gradient
     */
    record Setting(double rate, double decay) {}

    private final Randomness randomness;
    private final UnaryOperator<Tensor> place;
    private List<Setting> settings;
    private LinearHeads heads;
    private Tensor weightVelocity;
    private Tensor biasVelocity;
    private Tensor rates;
    private Tensor decays;

    /**
     * Makes classifiers in the caller's scope.
     *
     * @param width of the features
     * @param seed of the first weights and of the order of the images
     * @param place moves a tensor to where to compute
     */
    Sweep(List<Setting> settings, int classes, long width, long seed, UnaryOperator<Tensor> place) {
        this.settings = settings;
        this.heads = LinearHeads.random(classes, settings.size(), width, seed, place);
        this.weightVelocity = zeros_like(heads.weight());
        this.biasVelocity = zeros_like(heads.bias());
        this.rates = place.apply(perRow(settings, classes, Setting::rate));
        this.decays = place.apply(perRow(settings, classes, Setting::decay)).unsqueeze(1);
        this.randomness = new Randomness(seed);
        this.place = place;
    }

    LinearHeads heads() {
        return heads;
    }

    /** Returns how the classifiers learn, in their order. */
    List<Setting> settings() {
        return settings;
    }

    /** Goes on with some classifiers alone, in the caller's scope. */
    void keep(List<Integer> which) {
        Tensor rows = place.apply(Indices.of(which.stream().mapToInt(Integer::intValue).toArray()));
        weightVelocity = heads.rowsOf(weightVelocity, rows);
        biasVelocity = heads.rowsOf(biasVelocity, rows);
        rates = heads.rowsOf(rates, rows);
        decays = heads.rowsOf(decays, rows);
        heads = new LinearHeads(heads.rowsOf(heads.weight(), rows), heads.rowsOf(heads.bias(), rows), heads.classes());
        settings = which.stream().map(settings::get).toList();
    }

    /**
     * Goes over images once.
     *
     * @param features {@code [n, D]}, where to compute
     * @param labels {@code [n]}, where to compute
     * @param images to learn from
     * @param batch how many in a step
     * @param epoch from 0 to {@code epochs - 1}
     */
    void learn(Tensor features, Tensor labels, Standardization scale, int[] images, int batch, int epoch, int epochs) {
        try (PointerScope scope = new PointerScope()) {
            int[] order = IntStream.of(randomness.order(epoch, images.length)).map(i -> images[i]).toArray();
            Minibatches batches = new Minibatches(order, batch, place);
            for (int step = 0; step < batches.count(); step++) {
                double done = (epoch + (double) step / batches.count()) / epochs;
                try (PointerScope inner = new PointerScope()) {
                    Tensor rows = batches.rows(step);
                    step(scale.of(features.index_select(0, rows)), labels.index_select(0, rows), Schedule.cosine(1, 0).at(done));
                }
            }
        }
    }

    private void step(Tensor shown, Tensor labels, double share) {
        Tensor residual = heads.residual(shown, labels);
        Tensor rate = rates.mul(new Scalar(-share));
        weightVelocity.addmm_(residual.t(), shown, new Scalar(MOMENTUM), new Scalar(1)).addcmul_(heads.weight(), decays);
        biasVelocity.mul_(new Scalar(MOMENTUM)).add_(residual.sum(0));
        heads.weight().addcmul_(weightVelocity, rate.unsqueeze(1));
        heads.bias().addcmul_(biasVelocity, rate);
    }

    /** One number for each row of weights, in the order of {@link LinearHeads}. */
    private static Tensor perRow(List<Setting> settings, int classes, ToDoubleFunction<Setting> number) {
        return AbstractTensor.create(settings.stream().mapToDouble(number).toArray()).to(ScalarType.Float).repeat(classes);
    }
}
