package org.latentmim.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import org.bytedeco.pytorch.Tensor;
import org.latentmim.data.Batch;
import org.latentmim.data.Loader;
import org.latentmim.runtime.GivenUpException;

/** Counts and lists the steps that were skipped, and sends a training back after too many. Looking waits for the device. */
final class StepWatch {

    private final SetbackConfig config;
    private final boolean earlyUpdate;
    private final boolean looksAtEveryStep;
    private final Loader loader;
    private final SkippedSteps skippedSteps;
    private final Deque<Unseen> unseen = new ArrayDeque<>();
    private final List<Long> untold = new ArrayList<>();
    private Setbacks setbacks = Setbacks.NONE;
    private boolean torn;

    StepWatch(TrainConfig config, Loader loader, boolean onGpu, SkippedSteps skippedSteps) {
        this.config = config.setbacks();
        this.earlyUpdate = config.earlyUpdate();
        // Looking at a GPU waits for it: there as seldom as the log, unless a step may be torn and must be undone at once.
        this.looksAtEveryStep = !onGpu || earlyUpdate;
        this.loader = loader;
        this.skippedSteps = skippedSteps;
    }

    private record Unseen(long step, List<Batch> batches, Tensor result) {}

    /** Goes to where a training was, and forgets the steps that were skipped later. */
    void restore(Setbacks before) {
        unseen.forEach(step -> step.result().close());
        unseen.clear();
        untold.clear();
        setbacks = before;
        torn = false;
        skippedSteps.keep(before.skipped());
    }

    /**
     * Takes the result of a step, and closes it when it is read.
     *
     * @param look whether to look at it now in any case
     */
    void add(long step, List<Batch> batches, Tensor result, boolean look) {
        unseen.add(new Unseen(step, batches, result));
        if (look || looksAtEveryStep) {
            look();
        }
    }

    /** Counts what was added since the last look. */
    private void look() {
        while (!unseen.isEmpty()) {
            Unseen next = unseen.remove();
            StepResult result = StepResult.values()[(int) next.result().item_float()];
            next.result().close();
            if (result == StepResult.DONE) {
                setbacks = setbacks.afterAGoodStep();
                continue;
            }
            if (setbacks.inARow() == 0) {
                untold.add(next.step());
            }
            setbacks = setbacks.afterASkippedStep();
            torn |= earlyUpdate && result == StepResult.GRADIENT_NOT_FINITE;
            skippedSteps.add(describe(next, result == StepResult.LOSS_NOT_FINITE ? "loss" : "gradient"));
        }
    }

    /** Tells of the first of each row of skipped steps that was seen since the last call. */
    void tell(RunListener listener) {
        untold.forEach(step -> listener.noted("Step " + step + " is skipped, since its loss or gradient is not finite; its images"
                + " are listed in " + skippedSteps.file() + "."));
        untold.clear();
    }

    /** Returns what went wrong up to now. */
    Setbacks setbacks() {
        look();
        return setbacks;
    }

    /** Returns whether a part of a step moved weights and another did not, or too many steps in a row were skipped. */
    boolean mustGoBack() {
        return torn || setbacks.inARow() >= config.skips();
    }

    /**
     * Puts the training back.
     *
     * @param done the steps done, before and after
     * @throws GivenUpException if it went back too often, or there is no checkpoint
     */
    void goBack(LongSupplier done, Safekeeping keeping, RunListener listener) {
        String why = torn
                ? "The gradient of step " + done.getAsLong() + " is not finite, and train.early-update may have moved some weights"
                        + " by then"
                : "The loss or gradient of " + setbacks.inARow() + " steps in a row, up to step " + done.getAsLong()
                        + ", is not finite";
        String advice = "The images of these steps are listed in " + skippedSteps.file() + "; a lower train.base-learning-rate,"
                + " train.clip-norm=3 or runtime.precision=fp32 may help.";
        if (setbacks.returns() >= config.returns()) {
            throw new GivenUpException(why + ", and the run may not go back again (train.setbacks.returns is "
                    + config.returns() + "). " + advice
                    + keeping.last().map(path -> " The last checkpoint is " + path + ".").orElse(""));
        }
        if (keeping.goBack(setbacks.afterAReturn(config.slowDown())).isEmpty()) {
            throw new GivenUpException(why + ", and there is no checkpoint to go back to. " + advice);
        }
        listener.noted(why + ". The run goes back to step " + done.getAsLong() + ", and on from there with "
                + setbacks.slowDown() + " of its learning rate.");
    }

    private SkippedStep describe(Unseen step, String reason) {
        List<Integer> images = step.batches().stream().flatMapToInt(batch -> Arrays.stream(batch.images())).boxed().toList();
        return new SkippedStep(step.step(), step.batches().get(0).epoch(), reason, images,
                images.stream().map(loader::id).toList());
    }
}
