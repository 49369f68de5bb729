package org.latentmim.train;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Means of numbers that live on the device. Adding waits for nothing; reading waits for the device. */
final class Means {

    private final Map<String, Tensor> sums = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    void add(String name, Tensor scalar) {
        try (NoGradGuard frozen = new NoGradGuard()) {
            sums.computeIfAbsent(name, key -> {
                Tensor sum = zeros_like(scalar);
                sum.retainReference();
                return sum;
            }).add_(scalar);
            counts.merge(name, 1, Integer::sum);
        }
    }

    /** Returns the means by name in the order in which they were first added, and forgets them. */
    Map<String, Double> read() {
        Map<String, Double> means = new LinkedHashMap<>();
        counts.forEach((name, count) -> means.put(name, sums.get(name).item_double() / count));
        sums.values().forEach(Tensor::close);
        sums.clear();
        counts.clear();
        return means;
    }
}
