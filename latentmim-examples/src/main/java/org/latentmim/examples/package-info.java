/**
 * Image sets for a first look, offered by {@link org.latentmim.examples.ExamplesPlugin}: {@code fashion-mnist} comes inside the
 * program, so that a first run needs no download, and {@code noise} is made up, so that a benchmark needs no disk. They are
 * written as anyone outside the framework would write them, against {@code org.latentmim.spi} and its image sets. Two ablations
 * show how recipes are put together, run and compared in plain Java: {@link org.latentmim.examples.TargetOptimisationExample} and
 * {@link org.latentmim.examples.LossExample}.
 */
package org.latentmim.examples;
