package io.github.batchq.theory;

import io.github.batchq.model.Require;
import io.github.batchq.random.Law;

/**
 * The number of bins with the least mean latency near the capacity, T37 of docs/theory.md: few bins
 * cannot carry the rate, and those that barely can make batches wait long for a server, while each
 * more delays their forming. With optimal bins, or others of the same limit,
 *
 * <pre>k* = (a + sqrt(a (1 + v) / (B-1))) / slack</pre>
 *
 * whatever the number of servers. Meant for a slack near 0: the service that more bins save counts
 * for nothing there, and neither do the meetings of batches of several bins.
 *
 * @param slack share of the capacity of many bins that the rate leaves, 1 - rate / c_max, above 0
 *     and at most 1
 * @param excess a: what k times the padding of a batch comes near for many bins, as a share of the
 *     time of a batch without padding, c_B S / m where that is proportional to the length; at least
 *     0
 * @param variation v: squared coefficient of variation of that time over requests, at least 0
 * @param batchSize requests in a batch B, at least 2
 */
public record BinsNearCapacity(double slack, double excess, double variation, int batchSize) {
  private static final String SOURCE = "T37, bins near capacity";

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public BinsNearCapacity {
    if (!(slack > 0 && slack <= 1)) {
      throw new IllegalArgumentException("slack must be above 0 and at most 1, found " + slack);
    }
    Require.ARGUMENT.notNegativeFinite("excess", excess);
    Require.ARGUMENT.notNegativeFinite("variation", variation);
    Require.ARGUMENT.atLeast("batchSize", batchSize, 2);
  }

  /** The number k*, not rounded; below 1 where one bin is best. */
  public double best() {
    return least() + Math.sqrt(excess * (1 + variation) / (batchSize - 1)) / slack;
  }

  /** About the number of bins that must be exceeded for the servers to keep up, a / slack. */
  public double least() {
    return excess / slack;
  }

  /**
   * The number k* for bins that a rule places.
   *
   * @param rate arrival rate over all bins, requests per second, positive and finite
   * @param servers number of servers, at least 1
   * @return an approximation, not rounded; undefined for batches of one, where no number of bins
   *     carries the rate, where the lengths have no variance, and where no limit of the rule's
   *     losses is known
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static TheoryResult of(
      BoundaryRule rule, Law law, int batchSize, double rate, BatchTime service, int servers) {
    Require.ARGUMENT.atLeast("batchSize", batchSize, 1);
    Require.ARGUMENT.atLeast("servers", servers, 1);
    Require.ARGUMENT.positiveFinite("the arrival rate", rate);
    String reason = "";
    double own = service.seconds(batchSize, law.mean());
    double capacity = (double) servers * batchSize / own;
    if (batchSize == 1) {
      reason = "a batch of one waits for nobody";
    } else if (law.mean() == Double.POSITIVE_INFINITY) {
      reason = Moments.noMean(law, "");
    } else if (law.variance() == Double.POSITIVE_INFINITY) {
      reason = Moments.noVariance(law, "");
    } else if (rate >= capacity) {
      reason = "no number of bins carries more than " + capacity + " requests per second";
    }
    if (!reason.isEmpty()) {
      return new TheoryResult.Undefined(reason, SOURCE);
    }
    TheoryResult loss = rule.limitingLoss(law, batchSize);
    if (!(loss instanceof TheoryResult.Approximation)) {
      return loss;
    }
    double share = service.secondsPerUnit(batchSize) / own;
    BinsNearCapacity bins =
        new BinsNearCapacity(
            (capacity - rate) / capacity,
            share * loss.value(),
            share * share * law.variance(),
            batchSize);
    return TheoryResult.approximation(
        bins.best(), "rates near the capacity of many bins", SOURCE + " with " + loss.source());
  }
}
