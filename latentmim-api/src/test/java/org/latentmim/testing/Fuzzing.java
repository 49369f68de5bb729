package org.latentmim.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Gives damaged inputs to a reader and demands that it reads them or refuses them by an exception of its own: anything else, an
 * error of the JVM, an answer that takes seconds, or one that takes gibibytes (seen on Linux) fails the test.
 * {@value #SECONDS_KEY} says for how long (3 if left out), {@value #SEED_KEY} with which chance (0).
 *
 * <p>The input at hand lies in {@code target/fuzz/NAME}: it is still there if the JVM dies of it, or if it fails the test. It
 * belongs in {@code src/test/resources/fuzz/NAME/} from then on, whose files each test reads first.
 */
public final class Fuzzing {

    /** What is tested. */
    @FunctionalInterface
    public interface Reader {

        /** Reads an input, all of it. */
        void read(byte[] input) throws Exception;
    }

    /** The system property of how many seconds a test takes. */
    public static final String SECONDS_KEY = "latentmim.fuzz.seconds";
    /** The system property of the seed of all damage. */
    public static final String SEED_KEY = "latentmim.fuzz.seed";

    private static final double SECONDS = Double.parseDouble(System.getProperty(SECONDS_KEY, "3"));
    private static final long SEED = Long.getLong(SEED_KEY, 0);
    private static final long SLOW = 10_000_000_000L;
    private static final long LARGE = 2L << 20; // KiB
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path EVIDENCE = Path.of("target", "fuzz");
    private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");

    private final String name;
    private final Reader reader;
    private final Class<? extends Exception> refusal;
    private int inputs;
    private int refused;
    private long peak;

    private Fuzzing(String name, Reader reader, Class<? extends Exception> refusal) {
        this.name = name;
        this.reader = reader;
        this.refusal = refusal;
    }

    /**
     * Tests a reader.
     *
     * @param name of the test and of its folder of inputs that once broke the reader
     * @param seeds good inputs, to be read as they are and then damaged
     * @param refusal the exception, and no class below it, by which the reader may refuse an input; it must have a message
     * @return how many inputs the reader refused: none only if the damage was too little
     */
    public static int run(String name, List<byte[]> seeds, Reader reader, Class<? extends Exception> refusal) {
        Fuzzing fuzzing = new Fuzzing(name, reader, refusal);
        try {
            fuzzing.run(seeds);
            return fuzzing.refused;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(List<byte[]> seeds) throws IOException {
        Path evidence = Files.createDirectories(EVIDENCE).resolve(name);
        for (byte[] seed : seeds) {
            feed(seed, evidence);
        }
        if (refused > 0) {
            throw new AssertionError(name + " refuses " + refused + " of its " + seeds.size() + " good inputs");
        }
        for (Path broke : corpus()) {
            feed(Files.readAllBytes(broke), evidence);
        }
        Mutations mutations = new Mutations(new Random(SEED), seeds);
        long end = System.nanoTime() + (long) (SECONDS * 1e9);
        while (System.nanoTime() < end) {
            feed(mutations.next(), evidence);
        }
        Files.delete(evidence);
        System.out.printf("%s: %,d inputs, %.1f%% refused%n", name, inputs, 100.0 * refused / inputs);
    }

    private List<Path> corpus() throws IOException {
        Path folder = CORPUS.resolve(name);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private void feed(byte[] input, Path evidence) throws IOException {
        Files.write(evidence, input);
        inputs++;
        long began = System.nanoTime();
        try {
            reader.read(input);
        } catch (Throwable e) { // an error of the JVM is what this looks for
            if (e.getClass() != refusal || e.getMessage() == null) {
                throw new AssertionError(failure(input, evidence) + " threw " + e, e);
            }
            refused++;
        }
        if (System.nanoTime() - began > SLOW) {
            throw new AssertionError(failure(input, evidence) + " took " + (System.nanoTime() - began) / 1e9 + " seconds");
        }
        long before = peak;
        peak = peakMemory();
        if (before > 0 && peak - before > LARGE) {
            throw new AssertionError(failure(input, evidence) + " took " + (peak - before) + " KiB");
        }
    }

    /** Returns the most that this process ever had resident, in KiB. */
    private static long peakMemory() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmHWM:")).findFirst()
                    .map(line -> Long.parseLong(line.replaceAll("\\D", ""))).orElse(0L);
        }
    }

    private String failure(byte[] input, Path evidence) {
        String start = HexFormat.of().formatHex(input, 0, Math.min(input.length, 64));
        return "input " + inputs + " of " + name + " (seed " + SEED + "), " + input.length + " bytes from " + start
                + " on, kept as " + evidence.toAbsolutePath() + ",";
    }
}
