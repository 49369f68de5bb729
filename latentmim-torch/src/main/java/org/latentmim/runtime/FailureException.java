package org.latentmim.runtime;

/** Something failed while it was done: a disk, a file, a device. The message says what, where, and what to do. */
public sealed class FailureException extends RuntimeException permits GivenUpException {

    private static final long serialVersionUID = 1;

    public FailureException(String message) {
        super(message);
    }

    public FailureException(String message, Throwable cause) {
        super(message, cause);
    }
}
