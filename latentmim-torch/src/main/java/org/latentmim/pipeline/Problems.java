package org.latentmim.pipeline;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.latentmim.runtime.UsageException;

/** The mistakes of a recipe, collected to be told at once, each once. */
final class Problems {

    private static final int SHOWN = 50;

    private record Problem(Position at, String text) {}

    private final Set<Problem> problems = new LinkedHashSet<>();

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** @param path the keys that lead to the place, joined by dots; empty for the recipe itself */
    void add(Position at, String path, String message) {
        problems.add(new Problem(at, path.isEmpty() ? message : path + ": " + message));
    }

    /**
     * @throws UsageException if there are any
     */
    void throwIfAny(String recipe) {
        if (problems.isEmpty()) {
            return;
        }
        List<Problem> sorted = problems.stream()
                .sorted(Comparator.comparing((Problem problem) -> problem.at().source().name())
                        .thenComparing(problem -> problem.at().line()))
                .toList();
        StringBuilder message = new StringBuilder()
                .append(problems.size())
                .append(problems.size() == 1 ? " problem in " : " problems in ")
                .append(recipe)
                .append(":");
        sorted.stream().limit(SHOWN)
                .forEach(problem -> message.append("\n  ").append(problem.at()).append("  ").append(problem.text()));
        if (problems.size() > SHOWN) {
            message.append("\n  and ").append(problems.size() - SHOWN).append(" more");
        }
        throw new UsageException(message.toString());
    }
}
