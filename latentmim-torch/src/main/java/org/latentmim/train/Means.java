package org.latentmim.train;

import static org.bytedeco.pytorch.global.torch.ones_like;
import static org.bytedeco.pytorch.global.torch.stack;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Means of numbers that live on the device; those that are not finite do not count. Adding waits for nothing; reading waits for
 * the device.
 */
final class Means {

    private final Map<String, Tensor> sums = new LinkedHashMap<>();
    private final Map<String, Sum> carried = new LinkedHashMap<>();

    /** What was added so far. */
    record Sum(double total, int count) {}

    void add(String name, Tensor scalar) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            Tensor one = stack(new TensorVector(scalar, ones_like(scalar)));
            one.masked_fill_(scalar.isfinite().logical_not(), new Scalar(0));
            sums.computeIfAbsent(name, key -> {
                Sum before = carried.getOrDefault(name, new Sum(0, 0));
                Tensor sum = AbstractTensor.create(before.total(), before.count()).to(one.device(), one.scalar_type());
                sum.retainReference();
                return sum;
            }).add_(one);
        }
    }

    /** Returns the means by name in the order in which they were first added, and forgets them. */
    Map<String, Double> read() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums().forEach((name, sum) -> {
            if (sum.count() > 0) {
                means.put(name, sum.total() / sum.count());
            }
        });
        forget();
        return means;
    }

    /** Returns what was added so far, by name. */
    Map<String, Sum> sums() {
        Map<String, Sum> all = new LinkedHashMap<>(carried);
        try (PointerScope scope = new PointerScope()) {
            sums.forEach((name, sum) -> {
                Tensor here = sum.cpu().to(ScalarType.Double);
                all.put(name, new Sum(here.data_ptr_double().get(0), (int) here.data_ptr_double().get(1)));
            });
        }
        return all;
    }

    /** Goes on from sums that were kept: a double holds a sum of any precision without a loss. */
    void restore(Map<String, Sum> kept) {
        forget();
        carried.putAll(kept);
    }

    private void forget() {
        sums.values().forEach(Tensor::close);
        sums.clear();
        carried.clear();
    }
}
