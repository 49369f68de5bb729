package org.latentmim.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.latentmim.spi.Parameters;

/** Compares gradients with central differences in 64-bit floats. */
final class Gradients {

    private static final double NUDGE = 1e-6;
    private static final int NUMBERS = 4;

    private Gradients() {}

    /** Makes every tensor of a network one of 64-bit floats. */
    static void inDoublePrecision(Parameters parameters) {
        try (NoGradGuard frozen = new NoGradGuard()) {
            parameters.all().values().forEach(tensor -> tensor.set_data(tensor.to(ScalarType.Double)));
        }
    }

    /** Tries some numbers of each input. What the output is made with by chance is the same each time. */
    static void agreeWithSmallSteps(Supplier<Tensor> output, Map<String, Tensor> inputs) {
        Random random = new Random(8);
        sum(output).backward();
        inputs.forEach((name, input) -> {
            DoublePointer values = input.data_ptr_double();
            DoublePointer gradient = input.grad().contiguous().data_ptr_double();
            random.ints(NUMBERS, 0, (int) input.numel()).forEach(i -> {
                double value = values.get(i);
                values.put(i, value + NUDGE);
                double up = number(output);
                values.put(i, value - NUDGE);
                double down = number(output);
                values.put(i, value);
                double expected = (up - down) / (2 * NUDGE);
                assertThat(gradient.get(i)).as("gradient of %s[%d]", name, i)
                        .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
            });
        });
    }

    private static double number(Supplier<Tensor> output) {
        try (PointerScope scope = new PointerScope()) {
            return sum(output).item_double();
        }
    }

    /** The sum of all numbers, each with a weight of its own. */
    private static Tensor sum(Supplier<Tensor> output) {
        torch.manual_seed(3);
        Tensor numbers = output.get();
        return numbers.mul(Tensors.normal(9, ScalarType.Double, numbers.shape())).sum();
    }
}
