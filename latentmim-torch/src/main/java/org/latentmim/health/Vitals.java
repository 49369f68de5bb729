package org.latentmim.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.latentmim.spi.LossBars;

/**
 * All that one look measures.
 *
 * @param similarity of the tokens of the online encoder's last block, which saw all patches of the images
 * @param shares of the variance of these tokens
 * @param deviation of these tokens
 * @param rank of these tokens
 * @param position how often their place is read
 * @param loss the weighted sum of the terms
 * @param terms each term of the objective
 * @param norms how the last step moved each group of weights
 * @param rate the learning rate of the last step
 */
record Vitals(TokenSimilarity similarity, VarianceShares shares, double deviation, double rank, double position, double loss,
        Map<String, Term> terms, Map<String, StepNorms> norms, double rate) {

    /** A term of the objective, with what it is worth to one who guesses where that is known. */
    record Term(double loss, Optional<LossBars> bars) {}

    /** Returns whether all are numbers. */
    boolean areFinite() {
        return metrics().values().stream().allMatch(Double::isFinite);
    }

    /** Returns how far the loss has come from chance to its orthogonal bar, by the term that has come farthest. */
    Optional<Double> learned() {
        return terms.values().stream()
                .flatMap(term -> term.bars().map(bars -> bars.share(term.loss())).stream())
                .max(Double::compare);
    }

    /** Returns the numbers by name. */
    Map<String, Double> metrics() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("similarity/within", similarity.within());
        values.put("similarity/across", similarity.across());
        values.put("similarity/same-place", similarity.samePlace());
        values.put("variance/place", shares.place());
        values.put("variance/image", shares.image());
        values.put("deviation", deviation);
        values.put("effective-rank", rank);
        values.put("position", position);
        values.put("loss", loss);
        terms.forEach((name, term) -> {
            values.put("loss/" + name, term.loss());
            term.bars().ifPresent(bars -> {
                values.put("chance/" + name, bars.chance());
                values.put("orthogonal/" + name, bars.orthogonal());
            });
        });
        norms.forEach((group, norm) -> values.put("gradient/" + group, norm.gradient()));
        norms.forEach((group, norm) -> values.put("update/" + group, rate * norm.update()));
        return values;
    }
}
