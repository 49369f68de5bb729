package org.latentmim.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Settings of the native libraries that must stand before the first torch class loads, and what came of them. Call {@link
 * #prepare} at the top of {@code main}. Values that the user set as system properties win.
 */
public final class Natives {

    private static final String BLAS = "org.bytedeco.openblas.load";
    private static final String MEMORY_CHECK = "org.bytedeco.javacpp.maxphysicalbytes";

    private Natives() {}

    /**
     * Chooses MKL on x86-64 where it is on the class path (two to four times faster than OpenBLAS in training), and switches off
     * JavaCPP's reading of the process size at every native object.
     */
    public static void prepare() {
        if (System.getProperty(MEMORY_CHECK) == null) {
            System.setProperty(MEMORY_CHECK, "0");
        }
        if (System.getProperty(BLAS) == null && isX86() && hasMkl()) {
            System.setProperty(BLAS, "mkl");
        }
    }

    /** Returns the BLAS libraries that the process has really loaded, such as {@code MKL}; asks the system, not the settings. */
    public static String loadedBlas() {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return "mkl".equals(System.getProperty(BLAS)) ? "MKL (as set)" : "OpenBLAS or the system's (as set)";
        }
        try (Stream<String> lines = Files.lines(maps)) {
            String libraries = lines.map(line -> line.substring(line.lastIndexOf('/') + 1))
                    .filter(name -> name.startsWith("libmkl_core") || name.startsWith("libopenblas"))
                    .distinct()
                    .sorted()
                    .reduce("", (all, name) -> all + " " + name);
            if (libraries.contains("libmkl_core")) {
                return "MKL";
            }
            return libraries.isEmpty() ? "none yet" : "OpenBLAS";
        } catch (IOException e) {
            return "unknown: cannot read " + maps;
        }
    }

    private static boolean isX86() {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return architecture.equals("amd64") || architecture.equals("x86_64");
    }

    private static boolean hasMkl() {
        return Natives.class.getClassLoader().getResource("org/bytedeco/mkl/global/mkl_rt.class") != null;
    }
}
