package io.github.batchq.theory;

/**
 * Multi-bin batching in which bins are bound to servers instead of sharing one queue: with as many
 * bins as servers or more, bin b belongs to server b mod c; with fewer, server s serves bin s mod
 * k. A server that has no batch of its own bins is idle whatever waits for the others.
 */
public final class DedicatedBins {
  private DedicatedBins() {}

  /**
   * Largest rate at which every server keeps up with its own bins: the least over servers, or over
   * bins with several servers, of (servers) B / sum of p_i E[service of bin i]. Never more than the
   * capacity of the shared queue, and equal to it only where all groups get the same work.
   */
  public static TheoryResult capacity(BatchSystem system) {
    int servers = system.servers();
    double[] masses = system.binMasses();
    int groups = Math.min(masses.length, servers);
    double[] work = new double[groups];
    for (int bin = 0; bin < masses.length; bin++) {
      if (masses[bin] > 0) {
        work[bin % groups] += masses[bin] * system.meanSeconds(bin, system.batchSize());
      }
    }
    double capacity = Double.POSITIVE_INFINITY;
    for (int group = 0; group < groups; group++) {
      int ofGroup = masses.length >= servers ? 1 : (servers - group + groups - 1) / groups;
      capacity = Math.min(capacity, ofGroup * system.batchSize() / work[group]);
    }
    return TheoryResult.exact(
        capacity, "Prop. 4.1 for each server and its bins: the least of them");
  }
}
