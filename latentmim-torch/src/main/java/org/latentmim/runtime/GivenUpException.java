package org.latentmim.runtime;

/** A run ended itself because it does not learn: the same again would end the same. The message says why, and what may help. */
public final class GivenUpException extends FailureException {

    private static final long serialVersionUID = 1;

    public GivenUpException(String message) {
        super(message);
    }
}
