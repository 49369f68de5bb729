package org.latentmim.train;

import org.latentmim.spi.ReconstructionLoss;

/**
 * One term of the objective.
 *
 * @param name under which the term is logged, unique in a run
 * @param weight by which it is multiplied before the terms are added
 * @param loss what is computed
 */
public record LossTerm(String name, double weight, ReconstructionLoss loss) {}
