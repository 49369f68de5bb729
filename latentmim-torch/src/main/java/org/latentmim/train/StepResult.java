package org.latentmim.train;

/** What became of a step; the order is that of the numbers of {@link Optimization#result}. */
enum StepResult {
    /** The weights have moved. */
    DONE,
    /** The loss was not finite: nothing has moved. */
    LOSS_NOT_FINITE,
    /** The loss was finite but a gradient was not: nothing has moved, but for an early update before it was found. */
    GRADIENT_NOT_FINITE
}
