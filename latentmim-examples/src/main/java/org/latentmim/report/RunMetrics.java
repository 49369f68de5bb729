package org.latentmim.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.latentmim.report.Curve.Point;

/**
 * The numbers of a run on the way.
 *
 * @param curves by the name of the number, in the order in which they first come
 * @param steps done
 * @param epochs passes over the images done
 * @param slownesses the sum of steps by images a second: by the images of a step it is the time that the steps took
 */
public record RunMetrics(Map<String, Curve> curves, long steps, double epochs, double slownesses) {

    /** There are none. */
    public static final RunMetrics NONE = new RunMetrics(Map.of(), 0, 0, 0);

    private static final String PACE = "images-per-second";
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Reads a file of one JSON object a line; what is no such line is left out.
     *
     * @param faults told what was left out, in a sentence
     */
    static RunMetrics read(Path file, Consumer<String> faults) throws IOException {
        Reading reading = new Reading();
        long number = 0;
        List<Long> spoilt = new ArrayList<>();
        boolean torn = false;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) { // replaces what is no UTF-8
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                torn = !reading.take(line);
                if (torn) {
                    spoilt.add(number);
                }
            }
        }
        String name = file.getFileName().toString();
        if (torn) {
            spoilt.remove(spoilt.size() - 1);
            faults.accept("The last line of " + name + " is cut off, as while a run writes it, and left out.");
        }
        if (!spoilt.isEmpty()) {
            faults.accept(spoilt.size() == 1
                    ? "Line " + spoilt.get(0) + " of " + name + " is no line of metrics, and left out."
                    : spoilt.size() + " lines of " + name + " are no lines of metrics, and left out; the first is line "
                            + spoilt.get(0) + ".");
        }
        return reading.metrics();
    }

    /** Returns the middle one of all paces that were recorded, in images a second. */
    public OptionalDouble pace() {
        double[] paces = curves.containsKey(PACE) ? curves.get(PACE).numbers() : new double[0];
        Arrays.sort(paces);
        return paces.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(paces[paces.length / 2]);
    }

    private static final class Reading {

        private final Map<String, List<Point>> points = new LinkedHashMap<>();
        private long steps;
        private double epochs;
        private long paced;
        private double slownesses;

        private boolean take(String line) {
            JsonNode node;
            try {
                node = JSON.readTree(line);
            } catch (JsonProcessingException e) {
                return false; // what was left out is told by the caller
            }
            if (!node.isObject() || !node.path("step").isNumber() || !node.path("epoch").isNumber()) {
                return false;
            }
            steps = node.get("step").longValue();
            epochs = node.get("epoch").doubleValue();
            node.properties().stream()
                    .filter(value -> !value.getKey().equals("step") && !value.getKey().equals("epoch"))
                    .forEach(value -> points.computeIfAbsent(value.getKey(), key -> new ArrayList<>())
                            .add(new Point(epochs, value.getValue().asDouble(Double.NaN))));
            double pace = node.path(PACE).asDouble();
            if (pace > 0) {
                slownesses += (steps - paced) / pace;
                paced = steps;
            }
            return true;
        }

        private RunMetrics metrics() {
            Map<String, Curve> curves = new LinkedHashMap<>();
            points.forEach((name, all) -> curves.put(name, new Curve(all)));
            return new RunMetrics(Collections.unmodifiableMap(curves), steps, epochs, slownesses);
        }
    }
}
