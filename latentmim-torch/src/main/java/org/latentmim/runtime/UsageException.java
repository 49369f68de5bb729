package org.latentmim.runtime;

/** What the user asked for cannot be done: a mistake in a recipe or an argument. The message is for the user, whole sentences. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
