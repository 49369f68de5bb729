package org.latentmim.train;

import org.latentmim.spi.Evaluator;

/**
 * An evaluator and what the recipe calls it.
 *
 * @param name the component's name; not unique if a recipe uses one component twice
 * @param evaluator what is measured
 */
public record NamedEvaluator(String name, Evaluator evaluator) {}
