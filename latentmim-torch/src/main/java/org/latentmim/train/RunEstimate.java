package org.latentmim.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.spi.MaskedPatches;
import org.latentmim.spi.Parameters;

/**
 * What a run will take, from the shapes of its networks.
 *
 * @param parameters numbers in each part, by name
 * @param visible patches that the online encoder sees
 * @param masked patches to predict
 * @param checkpointBytes a checkpoint on disk: the weights, and both moments of AdamW
 * @param weightBytes weights, their gradients and both moments of AdamW, and the target's weights
 * @param activationBytes what a batch leaves in the networks until its gradient is found, about
 */
public record RunEstimate(
        Map<String, Long> parameters, int visible, int masked, long checkpointBytes, long weightBytes, long activationBytes) {

    private static final int COPIES_OF_LEARNING = 4;
    private static final int COPIES_IN_CHECKPOINT = 3;

    /** Estimates a run with masks like those given. */
    public static RunEstimate of(LatentMim model, MaskedPatches patches, TrainConfig config) {
        Map<String, Long> parameters = new LinkedHashMap<>();
        long checkpointBytes = 0;
        long weightBytes = 0;
        for (Map.Entry<String, Parameters> part : model.parts().entrySet()) {
            if (!part.getValue().all().isEmpty()) {
                parameters.put(part.getKey(), part.getValue().count());
            }
            for (Tensor tensor : part.getValue().all().values()) {
                checkpointBytes += tensor.nbytes() * (tensor.requires_grad() ? COPIES_IN_CHECKPOINT : 1);
                weightBytes += tensor.nbytes() * (tensor.requires_grad() ? COPIES_OF_LEARNING : 1);
            }
        }
        int visible = (int) patches.visibleIds().size(1);
        int masked = (int) patches.maskedIds().size(1);
        long shown = model.online().encodesHidden() ? patches.values().size(1) : visible;
        long activations = (model.online().prefixTokens() + shown) * bytesForToken(model.online().parameters());
        for (Objective objective : model.objectives()) {
            activations += (1L + masked) * bytesForToken(objective.decoder().parameters());
        }
        return new RunEstimate(parameters, visible, masked, checkpointBytes, weightBytes, config.batch() * activations);
    }

    /** For each matrix, torch keeps what goes in and what comes out. */
    private static long bytesForToken(Parameters parameters) {
        return parameters.learning().values().stream()
                .filter(weight -> weight.dim() == 2)
                .mapToLong(weight -> (weight.size(0) + weight.size(1)) * weight.element_size())
                .sum();
    }
}
