package org.latentmim.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.latentmim.ablation.Forecast;

/** What is left to do of a suite, for people. */
final class ForecastTable {

    private ForecastTable() {}

    static void print(Forecast forecast, Terminal terminal) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "runs left", "steps each", "GFLOP/step", "time each", "time", "disk", ""));
        for (Forecast.Row row : forecast.rows()) {
            boolean fails = !row.failure().isEmpty();
            rows.add(List.of(row.variant(), row.left() + " of " + row.runs(), fails ? "" : Summary.count(row.steps()),
                    row.operations().isPresent() ? String.format(Locale.ROOT, "%,.2f", row.operations().getAsDouble() / 1e9) : "",
                    ComparisonTable.seconds(row.seconds()),
                    row.seconds().isPresent() ? ComparisonTable.seconds(OptionalDouble.of(row.secondsLeft())) : "",
                    fails ? "" : Summary.mebibytes(row.left() * row.diskBytes()), row.failure()));
        }
        Columns.of(rows).forEach(terminal::print);
        terminal.print("\nIn all about " + ComparisonTable.seconds(OptionalDouble.of(forecast.secondsLeft())) + " and at most "
                + Summary.mebibytes(forecast.diskLeft()) + " of disk. Times are from " + forecast.source() + ".");
    }
}
