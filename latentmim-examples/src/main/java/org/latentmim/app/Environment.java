package org.latentmim.app;

import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.Natives;
import org.latentmim.runtime.Version;

/** What must be known of machine and program to understand the numbers of a run. */
final class Environment {

    private Environment() {}

    /**
     * Describes machine and program by name, in an order to read.
     *
     * @param args of the command line
     */
    static Map<String, Object> describe(Compute compute, List<String> args) {
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("command", CommandText.of(args));
        environment.put("started", OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString());
        environment.put("latentmim", Version.text());
        environment.putAll(machine());
        environment.put("device", compute.toString());
        return environment;
    }

    /** Describes the machine and what the program stands on. */
    static Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("java", Machine.java());
        machine.put("system", Machine.system());
        machine.put("cpu", Machine.cpu());
        machine.put("cores", Machine.cores());
        machine.put("memory", Summary.mebibytes(Machine.memory()));
        machine.put("pytorch", version("pytorch"));
        machine.put("javacpp", version("javacpp"));
        machine.put("blas", Natives.loadedBlas());
        return machine;
    }

    private static String version(String artifact) {
        try {
            return Loader.getVersion("org.bytedeco", artifact);
        } catch (IOException e) {
            throw new FailureException("The version of " + artifact + " cannot be read from its jar: " + e.getMessage(), e);
        }
    }
}
