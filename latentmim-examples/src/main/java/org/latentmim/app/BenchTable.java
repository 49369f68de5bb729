package org.latentmim.app;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.latentmim.bench.Comparison;
import org.latentmim.bench.Comparison.Verdict;
import org.latentmim.bench.Measurement;

/** Measurements for people: in columns where there is room, else in sentences that wrap. */
final class BenchTable {

    private static final int ROOM_FOR_COLUMNS = 80;
    private static final List<String> SAME = List.of("cpu", "cores", "device", "blas", "pytorch", "java");
    private static final Map<Verdict, String> WORDS = Map.of(
            Verdict.BETTER, "faster beyond the spread",
            Verdict.WORSE, "slower beyond the spread",
            Verdict.WITHIN_SPREAD, "within the spread",
            Verdict.NONE, "");

    private final Terminal terminal;

    BenchTable(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Prints each measurement on a line, with its median, its spread and a note. */
    void print(List<Measurement> measurements, Map<String, String> notes) {
        terminal.print("");
        terminal.title("Median, and the least to the most");
        for (Measurement measurement : measurements) {
            String spread = measurement.samples() > 1 ? number(measurement.low()) + " to " + number(measurement.high()) : "";
            row(measurement.name(), number(measurement.value()) + " " + measurement.unit(), spread,
                    notes.getOrDefault(measurement.name(), ""));
        }
    }

    /** Prints how the numbers have changed since. */
    void compare(BenchResult before, BenchResult now) {
        terminal.print("");
        terminal.title("Now, as a multiple of " + before.environment().getOrDefault("started", "before"));
        for (String name : SAME) {
            String then = before.environment().getOrDefault(name, "unknown");
            if (!then.equals(now.environment().get(name))) {
                terminal.print("  not the same " + name + ": " + then + " then, " + now.environment().get(name) + " now");
            }
        }
        List<Comparison> comparisons = Comparison.of(before.measurements(), now.measurements());
        for (Comparison one : comparisons) {
            row(one.now().name(), String.format(Locale.ROOT, "%.3f x", one.ratio()),
                    number(one.before().value()) + " to " + number(one.now().value()) + " " + one.now().unit(),
                    WORDS.get(one.verdict()));
        }
        String slower = comparisons.stream()
                .filter(one -> one.verdict() == Verdict.WORSE)
                .map(one -> one.now().name())
                .collect(Collectors.joining(", "));
        terminal.print(slower.isEmpty() ? "Nothing is slower beyond the spread." : "Slower beyond the spread: " + slower + ".");
    }

    private void row(String name, String value, String spread, String note) {
        if (terminal.width() >= ROOM_FOR_COLUMNS) {
            terminal.print(String.format("  %-26s %18s   %-22s %s", name, value, spread, note).stripTrailing());
        } else {
            String more = List.of(spread, note).stream().filter(text -> !text.isEmpty()).collect(Collectors.joining("; "));
            terminal.print("  " + name + " " + value + (more.isEmpty() ? "" : " (" + more + ")"));
        }
    }

    /** Returns a number with three or four digits that count. */
    static String number(double value) {
        double size = Math.abs(value);
        String format = size == 0 || size >= 1000 ? "%,.0f" : size >= 100 ? "%.1f" : size >= 1 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }
}
