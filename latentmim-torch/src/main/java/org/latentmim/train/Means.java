package org.latentmim.train;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Means of numbers that live on the device. Adding waits for nothing; reading waits for the device. */
final class Means {

    private final Map<String, Tensor> sums = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, Double> carried = new LinkedHashMap<>();

    /** What was added so far. */
    record Sum(double total, int count) {}

    void add(String name, Tensor scalar) {
        try (NoGradGuard frozen = new NoGradGuard()) {
            sums.computeIfAbsent(name, key -> {
                Tensor sum = zeros_like(scalar).add_(new Scalar(carried.getOrDefault(name, 0.0)));
                carried.remove(name);
                sum.retainReference();
                return sum;
            }).add_(scalar);
            counts.merge(name, 1, Integer::sum);
        }
    }

    /** Returns the means by name in the order in which they were first added, and forgets them. */
    Map<String, Double> read() {
        Map<String, Double> means = new LinkedHashMap<>();
        sums().forEach((name, sum) -> means.put(name, sum.total() / sum.count()));
        forget();
        return means;
    }

    /** Returns what was added so far, by name. */
    Map<String, Sum> sums() {
        Map<String, Sum> all = new LinkedHashMap<>();
        counts.forEach((name, count) ->
                all.put(name, new Sum(sums.containsKey(name) ? sums.get(name).item_double() : carried.get(name), count)));
        return all;
    }

    /** Goes on from sums that were kept: a double holds a sum of any precision without a loss. */
    void restore(Map<String, Sum> kept) {
        forget();
        kept.forEach((name, sum) -> {
            carried.put(name, sum.total());
            counts.put(name, sum.count());
        });
    }

    private void forget() {
        sums.values().forEach(Tensor::close);
        sums.clear();
        counts.clear();
        carried.clear();
    }
}
