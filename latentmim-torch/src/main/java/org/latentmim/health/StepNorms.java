package org.latentmim.health;

import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.spi.Parameters;

/**
 * How the last step moved a group of weights, read from the moments that AdamW keeps: nothing is copied, and the step need not
 * know that it is looked at.
 *
 * @param gradient norm of the gradient after clipping, the root mean square over the last {@code 1 / (1 - beta2)} steps or so
 * @param update norm of what a learning rate of 1 would have added in the last step, without weight decay, as a share of the
 *     norm of the weights
 */
public record StepNorms(double gradient, double update) {

    private static final double EPSILON = 1e-8; // AdamW's
    private static final String PROJECTOR = "encoder.head."; // as the published implementation names it

    /**
     * Returns the norms by group: encoder, projector, decoder, loss; further decoders under the names of their parts.
     *
     * @param parts of a model, by name
     * @param optimizer the tensors of AdamW, named as checkpoints name them
     * @param beta1 AdamW's decay of first moments
     * @param beta2 AdamW's decay of second moments
     */
    static Map<String, StepNorms> of(
            Map<String, Parameters> parts, Map<String, Tensor> optimizer, double beta1, double beta2) {
        Map<String, Tensor> sums = new LinkedHashMap<>();
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            double steps = Math.max(1, optimizer.get("step").item_double()); // none if all were skipped: all is 0 then
            double scale1 = 1 / (1 - Math.pow(beta1, steps));
            double scale2 = 1 / (1 - Math.pow(beta2, steps));
            parts.forEach((part, parameters) -> parameters.learning().forEach((name, weight) -> {
                String full = part + "." + name;
                Tensor sum = sums.computeIfAbsent(
                        group(part, full), key -> zeros(new long[] {3}).to(weight.device(), ScalarType.Double));
                try (PointerScope inner = new PointerScope()) {
                    Tensor second = optimizer.get("exp_avg_sq." + full).mul(new Scalar(scale2));
                    Tensor move = optimizer.get("exp_avg." + full).mul(new Scalar(scale1))
                            .div_(second.sqrt().add_(new Scalar(EPSILON)));
                    sum.select(0, 0).add_(second.sum());
                    sum.select(0, 1).add_(move.square_().sum());
                    sum.select(0, 2).add_(weight.square().sum());
                }
            }));
            Map<String, StepNorms> norms = new LinkedHashMap<>();
            sums.forEach((group, sum) -> norms.put(group, of(sum.cpu())));
            return norms;
        }
    }

    private static StepNorms of(Tensor sums) {
        double[] of = new double[3];
        sums.data_ptr_double().get(of);
        return new StepNorms(Math.sqrt(of[0]), Math.sqrt(of[1] / of[2]));
    }

    private static String group(String part, String name) {
        return name.startsWith(PROJECTOR) ? "projector" : part.startsWith("loss.") ? "loss" : part;
    }
}
