package org.latentmim.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.latentmim.page.Scale.Mark;
import org.latentmim.report.Representations;
import org.latentmim.report.RunRecord;
import org.latentmim.spi.Interval;
import org.latentmim.spi.Score;
import org.latentmim.train.JudgedScore;

/**
 * The last scores on one set of images: raw pixels, untrained and trained encoders of all runs under each other.
 *
 * @param on what the images are called; empty where there are only those of the recipes
 */
record ScoreBoard(String on, List<Sheet> sheets) {

    private static final int STEPS = 4;
    private static final Comparator<Entry> ORDER =
            Comparator.<Entry>comparingInt(entry -> rank(entry.judged().representation()));

    /** All that one evaluator measured, and what that took; which is empty where it is not known. */
    record Sheet(String evaluator, List<Block> blocks, List<Method> methods, String spent) {}

    /** Measures along one axis. */
    record Block(List<Measure> measures, List<Mark> marks) {}

    /** One measure; {@code gains} tells whether a row has one. */
    record Measure(String name, String images, boolean gains, List<Row> rows) {}

    /**
     * One number, as a dot with whiskers.
     *
     * @param badges of the runs it comes from; empty where all share it
     * @param interval in words; empty if none was found
     * @param gain over the untrained encoder of the run; empty if there is none to say
     * @param whiskers nothing if no interval was found
     * @param kind trained or base
     */
    record Row(List<Badge> badges, String who, String value, String interval, String gain, String dot,
            Optional<Whiskers> whiskers, String kind) {}

    /** The ends of an interval. */
    record Whiskers(String from, String to) {}

    /** How numbers were found. */
    record Method(String measure, String who, String protocol, String settings) {}

    /** A score and the run that it is of, by its place. */
    private record Entry(int run, JudgedScore judged) {

        Score score() {
            return judged.score();
        }

        DoubleStream numbers() {
            return DoubleStream.concat(DoubleStream.of(score().value()),
                    score().interval().stream().flatMapToDouble(interval -> DoubleStream.of(interval.low(), interval.high())));
        }
    }

    /** Returns a board for each set of images that was judged, the recipe's own first. */
    static List<ScoreBoard> of(List<RunRecord> runs) {
        Map<String, List<Entry>> byImages = new LinkedHashMap<>();
        byImages.put("", new ArrayList<>());
        latest(runs).forEach(entry -> byImages.computeIfAbsent(entry.judged().on(), on -> new ArrayList<>()).add(entry));
        byImages.values().removeIf(List::isEmpty);
        String own = byImages.size() > 1 ? "the images of the recipe" : "";
        return byImages.entrySet().stream()
                .map(images -> new ScoreBoard(
                        images.getKey().isEmpty() ? own : images.getKey(), sheets(images.getValue(), runs.size())))
                .toList();
    }

    private static List<Entry> latest(List<RunRecord> runs) {
        record Key(int run, String representation, String on, String evaluator, String name) {}

        Map<Key, Entry> latest = new LinkedHashMap<>();
        for (int run = 0; run < runs.size(); run++) {
            for (JudgedScore judged : runs.get(run).scores()) {
                latest.put(new Key(run, judged.representation(), judged.on(), judged.evaluator(), judged.score().name()),
                        new Entry(run, judged));
            }
        }
        return List.copyOf(latest.values());
    }

    private static List<Sheet> sheets(List<Entry> entries, int runs) {
        return group(entries, entry -> entry.judged().evaluator()).entrySet().stream()
                .map(evaluator -> sheet(evaluator.getKey(), evaluator.getValue(), runs))
                .toList();
    }

    private static Sheet sheet(String evaluator, List<Entry> entries, int runs) {
        // Numbers of one unit share an axis; a bare number is like no other.
        List<Block> blocks = group(entries, entry -> entry.score().unit().isEmpty()
                        ? "measure " + entry.score().name()
                        : "unit " + entry.score().unit()).values().stream()
                .map(together -> block(together, runs))
                .toList();
        return new Sheet(evaluator, blocks, methods(entries), spent(entries));
    }

    private static Block block(List<Entry> entries, int runs) {
        Scale scale = Scale.around(entries.stream().flatMapToDouble(Entry::numbers).filter(Double::isFinite).toArray(), STEPS);
        List<Measure> measures = group(entries, entry -> entry.score().name()).values().stream()
                .map(measure -> measure(measure, scale, runs))
                .toList();
        return new Block(measures, scale.labelled());
    }

    private static Measure measure(List<Entry> entries, Scale scale, int runs) {
        Map<String, List<Entry>> rows = group(entries.stream().sorted(ORDER).toList(), ScoreBoard::row);
        String images = entries.stream().map(entry -> Numbers.count(entry.score().images())).distinct()
                .collect(Collectors.joining(" or "));
        List<Row> drawn = rows.values().stream().map(row -> row(row, entries, scale, runs)).toList();
        return new Measure(entries.get(0).score().name(), images, drawn.stream().anyMatch(row -> !row.gain().isEmpty()), drawn);
    }

    /** What untrained encoders and pixels reach is often the same in all runs, and one row then. */
    private static String row(Entry entry) {
        Score score = entry.score();
        String representation = entry.judged().representation();
        return representation.equals("trained")
                ? representation + " " + entry.run()
                : representation + " " + score.value() + " " + score.interval() + " " + score.images();
    }

    private static Row row(List<Entry> same, List<Entry> measure, Scale scale, int runs) {
        Entry first = same.get(0);
        Score score = first.score();
        String representation = first.judged().representation();
        boolean trained = representation.equals("trained");
        long inAll = measure.stream().filter(entry -> entry.judged().representation().equals(representation)).count();
        boolean named = runs > 1 && (trained || same.size() < inAll || inAll < runs);
        List<Badge> badges = named ? same.stream().map(entry -> Badge.ofRun(entry.run())).toList() : List.of();
        Optional<Interval> interval = score.interval().filter(found -> Double.isFinite(found.low() + found.high()));
        return new Row(badges, Representations.name(representation), number(score.value(), score) + suffix(score),
                interval.map(found -> number(found.low(), score) + " to " + number(found.high(), score)).orElse(""),
                trained ? gain(first, measure) : "",
                Double.isFinite(score.value()) ? scale.percent(score.value()) : "",
                interval.map(found -> new Whiskers(scale.percent(found.low()), scale.percent(found.high()))),
                trained ? "trained " + (runs > 1 ? Badge.ofRun(first.run()) : Badge.ofLine(0)).style() : "base");
    }

    private static String gain(Entry trained, List<Entry> measure) {
        return measure.stream()
                .filter(entry -> entry.run() == trained.run() && entry.judged().representation().equals("untrained"))
                .findFirst()
                .map(untrained -> trained.score().value() - untrained.score().value())
                .map(gain -> (gain < 0 ? "−" : "+") + number(Math.abs(gain), trained.score()))
                .orElse("");
    }

    private static List<Method> methods(List<Entry> entries) {
        record Way(String measure, String protocol, String settings) {}

        Map<Way, Set<String>> ways = new LinkedHashMap<>();
        for (Entry entry : entries) {
            Score score = entry.score();
            List<String> settings = new ArrayList<>();
            score.settings().forEach((key, setting) -> settings.add(key + " " + setting));
            score.interval().ifPresent(interval -> settings.add("interval: " + interval.method()));
            Way way = new Way(score.name(), score.protocol(), String.join(" · ", settings));
            ways.computeIfAbsent(way, key -> new LinkedHashSet<>()).add(Representations.name(entry.judged().representation()));
        }
        return ways.entrySet().stream()
                .map(way -> new Method(way.getKey().measure(), String.join(", ", way.getValue()), way.getKey().protocol(),
                        way.getKey().settings()))
                .toList();
    }

    /** The time of an evaluator is that of all its scores of one representation. */
    private static String spent(List<Entry> entries) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        entries.forEach(entry ->
                seconds.put(entry.run() + " " + entry.judged().representation(), entry.judged().seconds()));
        double all = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        String versions = entries.stream().map(entry -> entry.judged().version()).filter(version -> !version.isEmpty()).distinct()
                .collect(Collectors.joining(", "));
        return all == 0 || versions.isEmpty()
                ? ""
                : "Took " + Numbers.time(Duration.ofMillis(Math.round(1000 * all))) + " in all, with version " + versions + ".";
    }

    private static String number(double value, Score score) {
        return score.unit().isEmpty() ? Numbers.digits(value) : Numbers.fixed(value, 2);
    }

    private static String suffix(Score score) {
        return score.unit().isEmpty() ? "" : " " + score.unit();
    }

    private static int rank(String representation) {
        return switch (representation) {
            case "pixels" -> 0;
            case "untrained" -> 2;
            case "trained" -> 3;
            default -> 1;
        };
    }

    private static Map<String, List<Entry>> group(List<Entry> entries, Function<Entry, String> by) {
        return entries.stream().collect(Collectors.groupingBy(by, LinkedHashMap::new, Collectors.toList()));
    }
}
