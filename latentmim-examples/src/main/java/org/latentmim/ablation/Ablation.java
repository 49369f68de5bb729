package org.latentmim.ablation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.latentmim.checkpoint.RunDirectory;
import org.latentmim.pipeline.Catalogue;
import org.latentmim.pipeline.Recipe;
import org.latentmim.pipeline.Suite;
import org.latentmim.pipeline.Suite.Variant;
import org.latentmim.runtime.Compute;
import org.latentmim.runtime.FailureException;
import org.latentmim.runtime.UsageException;
import org.latentmim.train.RunListener;

/**
 * A suite at work, in a folder of its own: {@code SUITE-FORM/VARIANT/seed-N} is an ordinary run, and {@code results.json},
 * {@code results.csv} and {@code results.md} hold the table. All that it knows lies in that folder: stopped or killed at any moment
 * and begun again, it goes on with what is not finished, and ends with the same table. A run that a suite beside it has finished by
 * the same recipe is copied.
 */
public final class Ablation {

    private final Suite suite;
    private final Path folder;
    private final Catalogue catalogue;
    private final RunRecipes recipes;
    private final Twins twins;

    /**
     * Prepares a suite; nothing is written before {@link #run}.
     *
     * @param parent where the folder of the suite lies or is made
     * @param catalogue what its recipes can name
     */
    public Ablation(Suite suite, Path parent, Catalogue catalogue) {
        this.suite = suite;
        this.folder = parent.resolve(suite.name() + "-" + suite.form().word());
        this.catalogue = catalogue;
        this.recipes = new RunRecipes(suite, catalogue);
        this.twins = new Twins(catalogue);
    }

    /** Returns the suite. */
    public Suite suite() {
        return suite;
    }

    /** Returns the folder of the suite. */
    public Path folder() {
        return folder;
    }

    /** Returns all runs of the suite, one seed of all variants after the other. */
    public List<RunPlace> runs() {
        return runs(List.of(), List.of());
    }

    /**
     * Returns some runs of the suite, one seed of all variants after the other.
     *
     * @param only the variants; all if empty
     * @param seeds the seeds, which need not be among those of the suite; those of the suite if empty
     * @throws UsageException if there is no such variant
     */
    public List<RunPlace> runs(List<String> only, List<Long> seeds) {
        try {
            only.forEach(suite::variant);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
        return (seeds.isEmpty() ? suite.seeds() : seeds).stream().distinct()
                .flatMap(seed -> suite.variants().stream()
                        .map(Variant::name)
                        .filter(name -> only.isEmpty() || only.contains(name))
                        .map(name -> new RunPlace(folder, name, seed)))
                .toList();
    }

    /**
     * Returns what trains runs in this process.
     *
     * @param environment what to write to {@code environment.json} of a run, where it computes
     * @param listener told of each run
     * @param words say why a run failed
     */
    public Worker inThisProcess(
            Function<Compute, Map<String, ?>> environment, RunListener listener, Function<Throwable, String> words) {
        return new Training(recipes, catalogue, environment, listener, words);
    }

    /**
     * Runs what is not finished, and writes the table whenever a run ends. A run that fails does not keep the others.
     *
     * @param runs which
     * @param atOnce how many at a time, at least 1
     * @param stop asked now and then; runs save and end early once it is true
     * @return the table
     * @throws FailureException if a file of the suite cannot be read or written
     */
    public Comparison run(List<RunPlace> runs, int atOnce, Worker worker, AblationListener listener, BooleanSupplier stop) {
        List<RunPlace> left = runs.stream().filter(run -> !isFinished(run)).toList();
        listener.planned(runs.size(), runs.size() - left.size());
        ExecutorService threads = Executors.newFixedThreadPool(atOnce, Ablation::thread);
        try {
            List<? extends Future<?>> ends = left.stream()
                    .map(run -> threads.submit(() -> run(run, worker, listener, stop)))
                    .toList();
            ends.forEach(Ablation::await);
        } finally {
            threads.shutdownNow();
        }
        return written();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ablation");
        thread.setDaemon(true);
        return thread;
    }

    private void run(RunPlace run, Worker worker, AblationListener listener, BooleanSupplier stop) {
        if (stop.getAsBoolean()) {
            return;
        }
        synchronized (listener) {
            listener.begins(run);
        }
        worker.train(run, stop);
        synchronized (listener) {
            listener.ended(run, RunResult.read(run), written());
        }
    }

    private static void await(Future<?> end) {
        try {
            end.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException("The ablation was interrupted.", e);
        }
    }

    /** Returns whether a run is finished, and by the recipe that it has now. */
    boolean isFinished(RunPlace run) {
        return run.isFinished() && Training.recipeOf(run, catalogue).equals(recipes.of(run.variant(), run.seed()));
    }

    /** Returns whether a run must still be trained: it is not finished, and no other has finished by the same recipe. */
    boolean isLeft(RunPlace run) {
        return !isFinished(run) && (RunDirectory.isRun(run.folder()) || twins.of(run, recipe(run)).isEmpty());
    }

    Recipe recipe(RunPlace run) {
        return recipes.of(run.variant(), run.seed());
    }

    OptionalDouble operationsOfImage(RunPlace run) {
        return Operations.ofImage(recipe(run), catalogue);
    }

    double secondsOfImage(RunPlace run) {
        return Operations.secondsOfImage(recipe(run), catalogue);
    }

    /** Compares all runs that there are, finished or not, also of other seeds than those of the suite. */
    public Comparison comparison() {
        Map<String, List<RunResult>> results = new LinkedHashMap<>();
        for (Variant variant : suite.variants()) {
            results.put(variant.name(), seeds(variant.name()).stream()
                    .map(seed -> RunResult.read(new RunPlace(folder, variant.name(), seed)))
                    .toList());
        }
        return Comparison.of(suite, results);
    }

    private List<Long> seeds(String variant) {
        List<Long> seeds = new ArrayList<>(suite.seeds());
        Path place = folder.resolve(variant);
        if (Files.isDirectory(place)) {
            try (Stream<Path> entries = Files.list(place)) {
                seeds.addAll(entries.map(entry -> entry.getFileName().toString().replaceFirst("\\.json$", ""))
                        .filter(name -> name.matches("seed--?[0-9]{1,18}"))
                        .map(name -> Long.valueOf(name.substring("seed-".length())))
                        .toList());
            } catch (IOException e) {
                throw new FailureException("The folder " + place + " cannot be looked into: " + e.getMessage() + ".", e);
            }
        }
        return List.copyOf(new TreeSet<>(seeds));
    }

    private Comparison written() {
        Comparison comparison = comparison();
        ComparisonFiles.write(comparison, folder);
        return comparison;
    }
}
