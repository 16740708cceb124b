package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;

/**
 * A multi-bin batching system as the base paper's theory sees it: independent lengths, one forming
 * batch for each bin, a batch leaves its bin when it holds exactly {@code batchSize} requests, full
 * batches are served first come first served, and the longest request holds its batch. One bin is
 * standard batching. Lengths that the policy sees are the true ones.
 *
 * @param law law of the lengths, in the workload's unit
 * @param boundaries the bins, in the same unit
 * @param batchSize requests in a batch B, at least 1
 * @param service seconds of a batch from its longest length
 * @param servers number of servers c, at least 1
 */
public record BatchSystem(
    Law law, BinBoundaries boundaries, int batchSize, AffineService service, int servers) {
  /** Checks the parameters. */
  public BatchSystem {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1, found " + batchSize);
    }
    if (servers < 1) {
      throw new IllegalArgumentException("servers must be at least 1, found " + servers);
    }
  }

  /** The base paper's system: one server, and lengths that are service times in seconds. */
  public static BatchSystem of(Law law, BinBoundaries boundaries, int batchSize) {
    return new BatchSystem(law, boundaries, batchSize, AffineService.LENGTH, 1);
  }

  /**
   * Mean service time of a batch in seconds: offset + secondsPerUnit * E_k with E_k of equation
   * (2); infinite where the law's mean is.
   */
  public double meanBatchSeconds() {
    return law.mean() == Double.POSITIVE_INFINITY
        ? Double.POSITIVE_INFINITY
        : service.seconds(BatchMaximum.expectedBatchLength(law, boundaries, batchSize));
  }

  /**
   * Mean seconds that a request would hold a batch in which no other request is longer: offset +
   * secondsPerUnit * E[length].
   */
  public double meanOwnSeconds() {
    return service.seconds(law.mean());
  }
}
