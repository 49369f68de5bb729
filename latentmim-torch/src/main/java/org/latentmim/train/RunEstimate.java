package org.latentmim.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.patch.PatchMask;
import org.latentmim.spi.Parameters;

/**
 * What a run will take, from the shapes of its networks.
 *
 * @param parameters numbers in each part, by name
 * @param visible patches that the online encoder sees
 * @param masked patches to predict
 * @param checkpointBytes a checkpoint on disk
 * @param weightBytes weights, their gradients and both moments of AdamW, and the target's weights
 * @param activationBytes what a batch leaves in the networks until its gradient is found, about
 */
public record RunEstimate(
        Map<String, Long> parameters, int visible, int masked, long checkpointBytes, long weightBytes, long activationBytes) {

    private static final int COPIES_OF_LEARNING = 4;

    /** Estimates a run with masks like the one given. */
    public static RunEstimate of(LatentMim model, PatchMask mask, TrainConfig config) {
        Map<String, Long> parameters = new LinkedHashMap<>();
        long checkpointBytes = 0;
        long weightBytes = 0;
        for (Map.Entry<String, Parameters> part : model.parts().entrySet()) {
            if (!part.getValue().all().isEmpty()) {
                parameters.put(part.getKey(), part.getValue().count());
            }
            for (Tensor tensor : part.getValue().all().values()) {
                checkpointBytes += tensor.nbytes();
                weightBytes += tensor.nbytes() * (tensor.requires_grad() ? COPIES_OF_LEARNING : 1);
            }
        }
        long batch = config.batch();
        long seen = batch * (model.online().prefixTokens() + mask.visibleCount());
        long predicted = batch * (1L + mask.maskedCount());
        long activations =
                seen * bytesForToken(model.online().parameters()) + predicted * bytesForToken(model.decoder().parameters());
        return new RunEstimate(
                parameters, mask.visibleCount(), mask.maskedCount(), checkpointBytes, weightBytes, activations);
    }

    /** For each matrix, torch keeps what goes in and what comes out. */
    private static long bytesForToken(Parameters parameters) {
        return parameters.learning().values().stream()
                .filter(weight -> weight.dim() == 2)
                .mapToLong(weight -> (weight.size(0) + weight.size(1)) * weight.element_size())
                .sum();
    }
}
