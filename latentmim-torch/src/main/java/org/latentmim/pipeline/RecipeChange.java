package org.latentmim.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.latentmim.runtime.UsageException;

/** What differs between the recipe of a run and the one that it is to go on with. */
final class RecipeChange {

    /** All that may change while a run goes on, each with all keys below it. What it learns from a step does not hang on them. */
    static final List<String> ALLOWED = List.of("name", "description", "run.log-every", "run.evaluate-every",
            "run.checkpoint-minutes", "run.checkpoint-steps", "run.checkpoint-epochs", "run.keep-newest", "run.keep-every",
            "run.keep-best", "run.best", "run.tolerate-unreadable", "runtime.device", "runtime.threads", "runtime.workers",
            "images.test", "train.epochs", "train.setbacks", "health", "evaluation", "metrics");

    private RecipeChange() {}

    /**
     * Refuses changes that would make another run of it.
     *
     * @throws UsageException that lists them, key by key
     */
    static void check(Recipe before, Recipe now, Path folder) {
        List<String> decisive = decisive(before, now);
        if (!decisive.isEmpty()) {
            throw new UsageException("The run in " + folder
                    + " cannot go on with this recipe, which would make another run of it:\n  " + String.join("\n  ", decisive)
                    + "\nPut that back, or begin a new run with another --out. What may change: "
                    + String.join(", ", ALLOWED) + ".");
        }
    }

    private static List<String> decisive(Recipe before, Recipe now) {
        Map<String, String> old = RecipeKeys.of(before);
        Map<String, String> wanted = RecipeKeys.of(now);
        TreeSet<String> keys = new TreeSet<>(old.keySet());
        keys.addAll(wanted.keySet());
        List<String> differences = new ArrayList<>();
        for (String key : keys) {
            if (!mayChange(key) && !Objects.equals(old.get(key), wanted.get(key))) {
                differences.add(key + ": " + old.getOrDefault(key, "nothing") + " in the run, "
                        + wanted.getOrDefault(key, "nothing") + " now");
            }
        }
        return differences;
    }

    private static boolean mayChange(String key) {
        return ALLOWED.stream().anyMatch(allowed -> key.equals(allowed) || key.startsWith(allowed + "."));
    }
}
