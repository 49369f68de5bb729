package org.latentmim.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.pytorch.global.torch;

/**
 * The native libraries: settings that must stand before the first torch class loads, the loading, and what came of it. Call {@link
 * #prepare} at the top of {@code main}. Values that the user set as system properties win. Thread-safe.
 */
public final class Natives {

    private static final String BLAS = "org.bytedeco.openblas.load";
    private static final String MEMORY_CHECK = "org.bytedeco.javacpp.maxphysicalbytes";

    private static final String LOCK = ".latentmim.lock";

    private static boolean loaded;

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

    /**
     * Loads torch and OpenCV, one process of the machine after the other: JavaCPP unpacks libraries into a folder that all
     * processes share, and points links there at the BLAS in use. A process that loads them at that very moment crashes, or computes
     * with another BLAS. {@link #prepare Prepares} first. Once they are loaded this does nothing.
     */
    public static synchronized void load() {
        if (loaded) {
            return;
        }
        prepare();
        try (FileChannel channel = FileChannel.open(
                        Loader.getCacheDir().toPath().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            loadAll();
        } catch (IOException e) { // a folder that is filled already and cannot be written to, or that knows no locks
            loadAll();
        }
        loaded = true;
    }

    private static void loadAll() {
        Loader.load(torch.class);
        Loader.load(opencv_imgcodecs.class);
        Loader.load(opencv_imgproc.class);
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
