package org.latentmim.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.latentmim.data.AugmentationConfig;
import org.latentmim.data.Normalization;
import org.latentmim.data.Selection;
import org.latentmim.health.HealthConfig;
import org.latentmim.patch.PatchGrid;
import org.latentmim.representation.Pooling;
import org.latentmim.runtime.RuntimeConfig;
import org.latentmim.spi.Component.NoKeys;
import org.latentmim.spi.Decoder;
import org.latentmim.spi.Default;
import org.latentmim.spi.Encoder;
import org.latentmim.spi.Evaluator;
import org.latentmim.spi.ImageSet;
import org.latentmim.spi.MaskSampler;
import org.latentmim.spi.Meaning;
import org.latentmim.spi.MetricSink;
import org.latentmim.spi.ReconstructionLoss;
import org.latentmim.spi.TargetUpdater;
import org.latentmim.train.RunConfig;
import org.latentmim.train.TrainConfig;

/** A run as its author wants it: everything that decides it, defaults filled in. Its components are the keys of the YAML. */
@Meaning("One run: images, networks, objective, training and what to measure")
public record Recipe(
        @Meaning("what to call runs of this recipe") Optional<String> name,
        @Meaning("what it is for, what it costs, what it reaches") Optional<String> description,
        @Meaning("seed and housekeeping") @Default("{}") RunConfig run,
        @Meaning("where and how precisely to compute") @Default("{}") RuntimeConfig runtime,
        @Meaning("what to learn from, and what to be judged by") ImagesSection images,
        @Meaning("the random view of an image that training sees") @Default("{}") AugmentationConfig augmentation,
        @Meaning("how an image is cut into patches") GridSection grid,
        @Meaning("which patches are seen") Choice<MaskSampler, NoKeys> masking,
        @Meaning("the network that is trained") Choice<Encoder, NoKeys> encoder,
        @Meaning("predicts the targets of the masked patches") Choice<Decoder, NoKeys> decoder,
        @Meaning("what the masked patches mean") Choice<TargetUpdater, NoKeys> target,
        @Meaning("the terms of the objective") List<Choice<ReconstructionLoss, LossWeight>> losses,
        @Meaning("what else to predict from the same encoder, each with a decoder, a target and losses of its own") @Default("[]")
                List<ObjectiveSection> also,
        @Meaning("how long and how fast to learn") TrainConfig train,
        @Meaning("whether and how often to look if it is learning") @Default("{}") HealthConfig health,
        @Meaning("what to measure of the representation") @Default("{}") EvaluationSection evaluation,
        @Meaning("where the numbers of a run go") @Default("[jsonl]") List<Choice<MetricSink, NoKeys>> metrics) {

    /**
     * @throws IllegalArgumentException if there is no loss, or two have one name
     */
    public Recipe {
        Set<String> names = new HashSet<>();
        for (ObjectiveSection objective : objectives(decoder, target, losses, also)) {
            for (Choice<ReconstructionLoss, LossWeight> loss : objective.losses()) {
                if (!names.add(lossName(loss))) {
                    throw new IllegalArgumentException(
                            "losses has two terms with the name '" + lossName(loss) + "'; give one of them another with 'as'");
                }
            }
        }
    }

    /** Returns all that is predicted, the recipe's own decoder, target and losses first. */
    public List<ObjectiveSection> objectives() {
        return objectives(decoder, target, losses, also);
    }

    private static List<ObjectiveSection> objectives(Choice<Decoder, NoKeys> decoder, Choice<TargetUpdater, NoKeys> target,
            List<Choice<ReconstructionLoss, LossWeight>> losses, List<ObjectiveSection> also) {
        return Stream.concat(Stream.of(new ObjectiveSection(decoder, target, losses)), also.stream()).toList();
    }

    /** Returns the recipe as YAML that reads back to an equal recipe, with all defaults filled in and all paths absolute. */
    public String toYaml() {
        return RecipeWriter.write(this);
    }

    /** Returns the whole number behind a key such as {@code encoder.depth}; nothing if there is none. */
    public OptionalInt number(String key) {
        return RecipeNumber.at(this, List.of(key.split("\\.")));
    }

    static String lossName(Choice<ReconstructionLoss, LossWeight> loss) {
        return loss.extra().as().orElse(loss.name());
    }

    /** Something to predict. */
    public record ObjectiveSection(
            @Meaning("predicts the targets of the masked patches") Choice<Decoder, NoKeys> decoder,
            @Meaning("what the masked patches mean") Choice<TargetUpdater, NoKeys> target,
            @Meaning("the terms of the objective") List<Choice<ReconstructionLoss, LossWeight>> losses) {

        /**
         * @throws IllegalArgumentException if there is no loss
         */
        public ObjectiveSection {
            if (losses.isEmpty()) {
                throw new IllegalArgumentException("losses must have at least one term");
            }
        }
    }

    /** What to learn from, and what to be judged by. */
    public record ImagesSection(
            @Meaning("the images to learn from") Choice<ImageSet, Selection> train,
            @Meaning("labelled images, held out for evaluation") Optional<Choice<ImageSet, Selection>> test,
            @Meaning("mean of each channel, for pixels between 0 and 1") List<Double> mean,
            @Meaning("standard deviation of each channel, for pixels between 0 and 1") List<Double> deviation) {

        /**
         * @throws IllegalArgumentException if mean and deviation do not fit each other
         */
        public ImagesSection {
            new Normalization(mean, deviation);
        }

        /** Returns mean and deviation. */
        public Normalization normalization() {
            return new Normalization(mean, deviation);
        }
    }

    /** How an image is cut into patches; the images say how many channels there are. */
    public record GridSection(
            @Meaning("cells from top to bottom, at least 1") int rows,
            @Meaning("cells from left to right, at least 1") int columns,
            @Meaning("side of a patch in pixels, at least 1") int patchSize,
            @Meaning("pixels by which a cell is wider than its patch") @Default("0") int gap,
            @Meaning("groups of channels that are patches of their own, for images of many channels; divides the channels")
                    @Default("1") int bands) {

        /**
         * @throws IllegalArgumentException if a number is below its minimum
         */
        public GridSection {
            new PatchGrid(rows, columns, patchSize, gap, bands, bands);
        }

        /**
         * Returns the grid for images of so many channels.
         *
         * @throws IllegalArgumentException if the bands do not divide them
         */
        public PatchGrid grid(int channels) {
            return new PatchGrid(rows, columns, patchSize, gap, channels, bands);
        }
    }

    /** What the framework wants to know of a loss. */
    public record LossWeight(
            @Meaning("by which this term is multiplied") @Default("1.0") double weight,
            @Meaning("the name of this term in logs; the component's name if left out") Optional<String> as) {}

    /** What to measure of the representation. */
    public record EvaluationSection(
            @Meaning("short side in pixels before the centre crop; that of the grid without gaps if left out") OptionalInt resize,
            @Meaning("mean of the patch tokens, or class token") @Default("mean") Pooling pooling,
            @Meaning("the block to read, counted from the last, which is 1") @Default("1") int layer,
            @Meaning("the evaluators") @Default("[]") List<Choice<Evaluator, NoKeys>> with) {

        public EvaluationSection {
            if (resize.orElse(1) < 1) {
                throw new IllegalArgumentException("resize must be at least 1, but is " + resize.getAsInt());
            }
            if (pooling == Pooling.PATCHES) {
                throw new IllegalArgumentException("pooling must be mean or class, but is patches");
            }
            if (layer < 1) {
                throw new IllegalArgumentException("layer must be at least 1, but is " + layer);
            }
        }
    }
}
