package org.latentmim.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Parameters;

/** Everything that a run learns: the online encoder that sees, and what there is to predict from what it says. */
public record LatentMim(Encoder online, List<Objective> objectives) {

    /** Returns the tensors of each part under the published implementation's prefix: encoder, decoder, target_encoder, loss.name. */
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
