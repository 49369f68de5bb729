/**
 * Is it learning? A {@link org.latentmim.health.Health} looks now and then at the same few images, masked in the same way, and
 * says in words what it sees. The measures ({@link org.latentmim.health.TokenSimilarity}, {@link
 * org.latentmim.health.VarianceShares}, {@link org.latentmim.health.EffectiveRank}, {@link
 * org.latentmim.health.PositionReading}, {@link org.latentmim.health.FeatureDeviation}) are functions of a tensor of features;
 * the training is the same bit for bit whether it is looked at or not.
 */
package org.latentmim.health;
