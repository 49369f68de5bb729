package org.latentmim.checkpoint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.FailureException;

/**
 * The tensors of several owners under one roof, each owner behind its prefix: {@code encoder.blocks.0.norm1.weight}.
 * What is added stays the owner's; copying into it changes the network. Not thread-safe.
 */
public final class NamedTensors {

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /**
     * Adds the tensors of an owner as {@code prefix.name}.
     *
     * @param prefix such as {@code encoder}, {@code target_encoder} or {@code loss.patch-discrimination}
     * @return this
     * @throws IllegalArgumentException if a name is taken
     */
    public NamedTensors add(String prefix, Map<String, Tensor> owned) {
        owned.forEach((name, tensor) -> {
            String full = prefix + "." + name;
            if (tensors.putIfAbsent(full, tensor) != null) {
                throw new IllegalArgumentException("there are two tensors with the name '" + full + "'");
            }
        });
        return this;
    }

    /** Returns a tensor made of each of these, under the same names. */
    NamedTensors mapped(UnaryOperator<Tensor> made) {
        NamedTensors mapped = new NamedTensors();
        tensors.forEach((name, tensor) -> mapped.tensors.put(name, made.apply(tensor)));
        return mapped;
    }

    /** Returns every tensor by its full name, in the order added; a view that cannot be changed. */
    public Map<String, Tensor> all() {
        return Collections.unmodifiableMap(tensors);
    }

    /**
     * Copies the numbers of a file into these tensors, whatever their device and type.
     *
     * @throws FailureException if the file lacks a name, has one that is not here, or has a tensor of another shape; the message
     *     lists all of them, and nothing was copied
     */
    public void copyFrom(Safetensors file) {
        List<String> problems = problems(file);
        for (String name : file.names()) {
            if (!tensors.containsKey(name)) {
                problems.add("unexpected " + name);
            }
        }
        copy(file, problems);
    }

    /**
     * Copies like {@link #copyFrom}, from a file that may hold more than is wanted, such as the encoder of a whole model.
     *
     * @throws FailureException if the file lacks a name or has a tensor of another shape; nothing was copied
     */
    public void copyPartFrom(Safetensors file) {
        copy(file, problems(file));
    }

    private List<String> problems(Safetensors file) {
        List<String> problems = new ArrayList<>();
        tensors.forEach((name, tensor) -> {
            if (!file.names().contains(name)) {
                problems.add("missing " + name);
            } else if (!Arrays.equals(file.shape(name), tensor.shape())) {
                problems.add(name + " has the shape " + Arrays.toString(file.shape(name)) + " in the file, but "
                        + Arrays.toString(tensor.shape()) + " in this model");
            }
        });
        return problems;
    }

    private void copy(Safetensors file, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new FailureException(file + " does not fit this model, " + problems.size()
                    + (problems.size() == 1 ? " problem:" : " problems:") + "\n  " + String.join("\n  ", problems));
        }
        try (NoGradGuard frozen = new NoGradGuard()) {
            tensors.forEach((name, tensor) -> {
                try (PointerScope scope = new PointerScope()) {
                    tensor.copy_(file.read(name));
                }
            });
        }
    }
}
