package org.latentmim.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.latentmim.runtime.Compute;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Parameters;
import org.latentmim.spi.TargetUpdater;

/**
 * Everything that a run learns: the online encoder that sees, the decoder that predicts, the target side that knows, and the
 * losses that compare.
 */
public record LatentMim(Encoder online, Decoder decoder, TargetUpdater target, List<LossTerm> losses) {

    /** Returns the tensors of each part under the published implementation's prefix: encoder, decoder, target_encoder, loss.name. */
    public Map<String, Parameters> parts() {
        Map<String, Parameters> parts = new LinkedHashMap<>();
        parts.put("encoder", online.parameters());
        parts.put("decoder", decoder.parameters());
        parts.put("target_encoder", target.parameters());
        losses.forEach(term -> parts.put("loss." + term.name(), term.loss().parameters()));
        return parts;
    }

    /** Moves all weights to where the run computes. */
    public LatentMim placedOn(Compute compute) {
        parts().values().forEach(compute::place);
        return this;
    }
}
