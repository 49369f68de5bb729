package org.latentmim.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Copies of tensors in memory of their own on the CPU, whatever becomes of the originals. Any one thread may close it. */
final class Snapshot implements AutoCloseable {

    private final Map<String, NamedTensors> groups = new LinkedHashMap<>();

    Snapshot(Map<String, NamedTensors> originals) {
        try (PointerScope scope = new PointerScope(); NoGradGuard frozen = new NoGradGuard()) {
            originals.forEach((name, group) -> groups.put(name, group.mapped(Snapshot::copy)));
            groups.values().forEach(group -> group.all().values().forEach(Tensor::retainReference)); // all of them, or none
        }
    }

    Map<String, NamedTensors> groups() {
        return groups;
    }

    @Override
    public void close() {
        groups.values().forEach(group -> group.all().values().forEach(Tensor::close));
        groups.clear();
    }

    private static Tensor copy(Tensor tensor) {
        return tensor.is_cpu() ? tensor.detach().clone() : tensor.detach().cpu();
    }
}
