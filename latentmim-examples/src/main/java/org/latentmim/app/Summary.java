package org.latentmim.app;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentmim.patch.PatchGrid;
import org.latentmim.pipeline.Pretraining;
import org.latentmim.train.Evaluation;
import org.latentmim.train.RunEstimate;
import org.latentmim.train.RunPlan;

/** A run in a few short lines. */
final class Summary {

    private Summary() {}

    /** Says what will be done, and where. */
    static List<String> of(Pretraining pretraining) {
        RunPlan plan = pretraining.plan();
        RunEstimate estimate = pretraining.estimate();
        PatchGrid grid = pretraining.assembly().grid();
        int train = pretraining.assembly().trainImages().size();
        String test = pretraining.assembly().get(Evaluation.class).heldOut()
                .map(images -> count(images.size()) + " held out")
                .orElse("none held out");
        return List.of(
                "images     " + count(train) + " to learn from, " + test,
                "encoder    " + count(estimate.parameters().getOrDefault("encoder", 0L)) + " parameters; sees "
                        + estimate.visible() + " of " + grid.size() + " patches",
                "training   " + plan.epochs() + (plan.epochs() == 1 ? " epoch, " : " epochs, ") + count(plan.steps())
                        + " steps of " + count(plan.imagesPerStep()) + " images",
                "device     " + pretraining.compute());
    }

    /** Says what it takes. */
    static List<String> cost(Pretraining pretraining) {
        RunEstimate estimate = pretraining.estimate();
        String parts = estimate.parameters().entrySet().stream()
                .map((Map.Entry<String, Long> part) -> part.getKey().replace('_', ' ') + " " + count(part.getValue()))
                .collect(Collectors.joining(", "));
        long memory = estimate.weightBytes() + estimate.activationBytes();
        return List.of(
                "parameters " + parts,
                "memory     about " + mebibytes(memory) + " beside that of the program: " + mebibytes(estimate.weightBytes())
                        + " for weights and optimizer, " + mebibytes(estimate.activationBytes()) + " for a batch",
                "disk       " + mebibytes(estimate.checkpointBytes()) + " for a checkpoint");
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String mebibytes(long bytes) {
        return count((bytes + (1 << 20) - 1) >> 20) + " MiB";
    }
}
