package org.latentmim.health;

import java.util.Locale;

/** What is the matter with a training, if anything is: why, most likely, and which key to turn. */
public enum Verdict {
    TOO_EARLY_TO_SAY("", ""),
    HEALTHY("", ""),
    COLLAPSING_ACROSS_IMAGES(
            "the encoder says much the same of all patches of all images; a target that learns with it, or a loss that no other"
                    + " target takes part in, rewards that",
            "target=momentum, losses=[patch-discrimination], or a higher target.from"),
    COLLAPSING_WITHIN_IMAGES(
            "the encoder says much the same of all patches of an image, as when most of it is seen or the loss compares whole"
                    + " images",
            "losses=[patch-discrimination] with negatives=image, or fewer masking.visible"),
    POSITION_CODE(
            "tokens tell where a patch lies and not what it shows; telling the patches of an image apart needs no more than that",
            "target=momentum if the target learns too, losses.0.negatives=batch, so that a place alone does not win, or a"
                    + " similarity-constraint"),
    NOT_MOVING(
            "the loss is no better than a guess, or the steps are too small to take the weights anywhere",
            "a higher train.base-learning-rate, a shorter train.warmup-epochs, or a higher temperature of the loss"),
    DIVERGING(
            "a number is no number any more, or steps are so large that the weights go astray",
            "a lower train.base-learning-rate, a longer train.warmup-epochs, or train.clip-norm=3");

    private final String cause;
    private final String advice;

    Verdict(String cause, String advice) {
        this.cause = cause;
        this.advice = advice;
    }

    /** Returns whether something is the matter. */
    public boolean isFailure() {
        return !cause.isEmpty();
    }

    /** Returns the verdict as one says it. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns the likely cause; empty if nothing is the matter. */
    public String cause() {
        return cause;
    }

    /** Returns what to change in the recipe; empty if nothing is the matter. */
    public String advice() {
        return advice;
    }
}
