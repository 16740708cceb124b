package io.github.batchq.experiment;

/**
 * One run of an experiment. Its result depends on the experiment, its seed and these two numbers
 * alone, so it may be made on any machine, in any order.
 *
 * @param point index of the point in the sweep, at least 0
 * @param replication number of the replication, at least 0
 */
public record Pair(int point, int replication) {}
