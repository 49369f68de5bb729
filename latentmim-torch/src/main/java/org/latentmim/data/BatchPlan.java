package org.latentmim.data;

/**
 * Which images a batch is made of: {@code order[first]} to {@code order[first + size - 1]}.
 *
 * @param order all images of the set in the order of the epoch
 */
record BatchPlan(long epoch, int batchInEpoch, int[] order, int first, int size) {}
