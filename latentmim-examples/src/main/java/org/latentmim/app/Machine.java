package org.latentmim.app;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.latentmim.runtime.FailureException;

/** What this program runs on. */
final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Returns the name of the processor, or its architecture where the system does not tell. */
    static String cpu() {
        return value(CPUS, "model name").orElse(System.getProperty("os.arch"));
    }

    /** Returns the cores that this process may use. */
    static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Returns the bytes of memory that this process may use. */
    static long memory() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    }

    static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch");
    }

    static String java() {
        return System.getProperty("java.version") + " " + System.getProperty("java.vendor");
    }

    private static Optional<String> value(Path file, String key) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            throw new FailureException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
