package org.latentmim.spi;

/**
 * One measured number with what must be known to repeat it.
 *
 * @param name short and unique in its evaluator, such as {@code 1-nn leave-one-out}
 * @param value the number, in the unit
 * @param unit such as {@code %}
 * @param images how many images were judged
 * @param protocol how, in one line
 */
public record Score(String name, double value, String unit, int images, String protocol) {}
