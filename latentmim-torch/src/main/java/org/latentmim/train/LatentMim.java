package org.latentmim.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.InnerScope;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.Progress;
import org.latentmim.spi.Reconstruction;

/** Everything that a run learns: the online encoder that sees, and what there is to predict from what it says. */
public record LatentMim(Encoder online, List<Objective> objectives) {

    /**
     * Returns the tensors of each part under the published implementation's prefix: encoder, decoder, target_encoder,
     * loss.name.
     */
    public Map<String, Parameters> parts() {
        Map<String, Parameters> parts = new LinkedHashMap<>();
        parts.put("encoder", online.parameters());
        for (Objective objective : objectives) {
            parts.put(objective.prefix() + "decoder", objective.decoder().parameters());
            parts.put(objective.prefix() + "target_encoder", objective.target().parameters());
            objective.losses().forEach(term -> parts.put("loss." + term.name(), term.loss().parameters()));
        }
        return parts;
    }

    /** What each objective makes; what is made on the way is freed at once. */
    List<Tensor> each(Function<Objective, Tensor> computation) {
        return objectives.stream().map(objective -> InnerScope.run(() -> computation.apply(objective))).toList();
    }

    /** The sum of what the objectives say of their reconstructions. */
    public Tensor loss(List<Reconstruction> reconstructions, Progress progress, StepLog log) {
        Tensor sum = IntStream.range(0, objectives.size())
                .mapToObj(i -> objectives.get(i).loss(reconstructions.get(i), progress, log))
                .reduce(Tensor::add)
                .orElseThrow();
        log.loss(sum.detach());
        return sum;
    }

    /** Returns the encoder of the first target that has one. */
    public Optional<Encoder> targetEncoder() {
        return objectives.stream().flatMap(objective -> objective.target().encoder().stream()).findFirst();
    }

    /** Moves all weights to where the run computes. */
    public LatentMim placedOn(Compute compute) {
        parts().values().forEach(compute::place);
        return this;
    }
}
