package org.latentmim.page;

import java.util.List;
import java.util.Map;

/**
 * A number that runs record, as a person calls it.
 *
 * @param family what is drawn with it, if it is one of several of one run
 * @param member what it is in its family
 */
record MetricName(String family, String member) {

    /** In the order in which they are shown; what is not here comes after them. */
    private static final List<String> SHOWN =
            List.of("loss", "loss/", "similarity/", "score", "learning-rate", "weight-decay", "gradient-norm");

    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("loss", "Loss"),
            Map.entry("loss/", "Terms of the loss"),
            Map.entry("similarity/", "Similarity of latents"),
            Map.entry("learning-rate", "Learning rate"),
            Map.entry("weight-decay", "Weight decay"),
            Map.entry("gradient-norm", "Gradient norm"),
            Map.entry("images-per-second", "Images a second"),
            Map.entry("data-wait", "Share of the time spent waiting for images"),
            Map.entry("health/similarity", "Similarity of tokens"),
            Map.entry("health/variance", "Share of the variance"),
            Map.entry("health/deviation", "Deviation of tokens"),
            Map.entry("health/effective-rank", "Effective rank of tokens"),
            Map.entry("health/position", "Share of places read from tokens"),
            Map.entry("health/loss", "Loss of the images looked at"),
            Map.entry("health/gradient", "Gradient norm"),
            Map.entry("health/update", "Length of a step, as a share of the weights"));

    static MetricName of(String metric) {
        String[] parts = metric.split("/", 3);
        String last = metric.substring(metric.lastIndexOf('/') + 1);
        return switch (parts[0]) {
            case "epoch-loss" -> new MetricName("loss", "mean of the epoch");
            case "score" -> new MetricName(metric, metric.replaceFirst("^score/", "").replaceFirst("/", ": "));
            case "health" -> switch (parts.length < 2 ? "" : parts[1]) {
                case "chance" -> new MetricName("health/loss", last + " of a guess");
                case "orthogonal" -> new MetricName("health/loss", last + " if all were told apart");
                default -> new MetricName(parts[0] + (parts.length < 2 ? "" : "/" + parts[1]), last);
            };
            default -> new MetricName(parts.length == 1 ? metric : parts[0] + "/", last);
        };
    }

    boolean isScore() {
        return family.startsWith("score/");
    }

    /** Returns whether it is shown at once. */
    boolean isShown() {
        return rank() < SHOWN.size();
    }

    /** Returns its place among all, from 0. */
    int rank() {
        int place = SHOWN.indexOf(isScore() ? "score" : family);
        return place < 0 ? SHOWN.size() : place;
    }

    /** Returns the title of its family. */
    String title() {
        return isScore() ? member : TITLES.getOrDefault(family, family.replaceFirst("/$", ""));
    }

    /** Returns the title of itself. */
    String fullTitle() {
        return isScore() || family.equals(member) || family.endsWith("/" + member)
                ? title()
                : TITLES.getOrDefault(family.replaceFirst("^loss/$", "loss"), title()) + ": " + member;
    }
}
