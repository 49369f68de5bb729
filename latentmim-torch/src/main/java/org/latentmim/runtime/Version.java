package org.latentmim.runtime;

/** The version of this framework. */
public final class Version {

    private Version() {}

    /** Returns the version as the jar has it; {@code development} where there is no jar. */
    public static String text() {
        String own = Version.class.getPackage().getImplementationVersion();
        return own == null ? "development" : own;
    }
}
