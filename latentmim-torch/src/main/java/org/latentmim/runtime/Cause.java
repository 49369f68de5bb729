package org.latentmim.runtime;

import java.util.regex.Pattern;

/** What something that was thrown says of its cause. */
public final class Cause {

    /** How torch, OpenCV and C++ say so, on the CPU and on a GPU. */
    private static final Pattern OUT_OF_MEMORY = Pattern.compile(
            "can't allocate memory|out of memory|bad_alloc|Insufficient memory|ALLOC_FAILED", Pattern.CASE_INSENSITIVE);

    private Cause() {}

    /** Returns whether Java or a native library had not enough memory. */
    public static boolean isOutOfMemory(Throwable thrown) {
        return thrown != null
                && (thrown instanceof OutOfMemoryError
                        || OUT_OF_MEMORY.matcher(String.valueOf(thrown.getMessage())).find()
                        || isOutOfMemory(thrown.getCause()));
    }

    /** Returns the first line of the message, behind a type that says something. Torch goes on with a long way through C++. */
    public static String firstLine(Throwable thrown) {
        String message = thrown.getMessage() == null ? "" : thrown.getMessage().lines().findFirst().orElse("");
        String type = thrown.getClass() == RuntimeException.class ? "" : thrown.getClass().getSimpleName();
        return type.isEmpty() || message.isEmpty() ? type + message : type + ": " + message;
    }
}
