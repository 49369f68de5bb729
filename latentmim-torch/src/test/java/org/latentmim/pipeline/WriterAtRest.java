package org.latentmim.pipeline;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** Waits for the thread that writes checkpoints: while it is at work, the next one is put off. */
final class WriterAtRest {

    private WriterAtRest() {}

    static void await() {
        await(() -> true);
    }

    /** Waits also until something is so. */
    static void await(BooleanSupplier condition) {
        try {
            while (!condition.getAsBoolean() || isWriting()) {
                Thread.sleep(5);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it does anything but wait for work. */
    private static boolean isWriting() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("checkpoint-writer"))
                .anyMatch(thread -> Arrays.stream(thread.getValue()).noneMatch(call -> call.getMethodName().equals("take")));
    }
}
