package org.latentmim.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A key of which recipes do not have the same value.
 *
 * @param key its path
 * @param values one for each recipe, empty where it has no such key
 */
public record RecipeDifference(String key, List<String> values) {

    private static final Set<String> WORDS = Set.of("name", "description");

    /** Returns what differs between the recipes of runs, but for their names and descriptions. */
    public static List<RecipeDifference> between(List<RunRecord> runs) {
        Set<String> keys = new LinkedHashSet<>();
        runs.forEach(run -> keys.addAll(run.recipe().keySet()));
        return keys.stream()
                .filter(key -> !WORDS.contains(key))
                .map(key -> new RecipeDifference(key, runs.stream().map(run -> run.recipe().getOrDefault(key, "")).toList()))
                .filter(difference -> Set.copyOf(difference.values()).size() > 1)
                .toList();
    }
}
