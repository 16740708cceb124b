package io.github.batchq.theory;

import io.github.batchq.model.Require;

/**
 * Long-run throughput of a {@link BatchSystem}, and how busy and how full it keeps its servers.
 * Rates are in requests per second, shares have no unit.
 */
public final class Throughput {
  private Throughput() {}

  /**
   * Capacity c B / E[service]: the largest arrival rate that the servers can carry, and the
   * throughput under overload. Proposition 4.1 of arXiv:2412.04504 with c servers; a renewal-reward
   * ratio, not E[B / service]. Zero where the mean length is infinite.
   */
  public static TheoryResult capacity(BatchSystem system) {
    return TheoryResult.exact(
        slots(system) / system.meanBatchSeconds(), "Prop. 4.1, c B / E[service]");
  }

  /**
   * Long-run throughput min(rate, capacity), which holds where full batches are served in the order
   * in which they formed; an order by length starves the long bins under overload and carries more.
   *
   * @param rate arrival rate, requests per second, positive
   * @throws IllegalArgumentException if the rate is not positive
   */
  public static TheoryResult delivered(BatchSystem system, double rate) {
    return TheoryResult.exact(
        Math.min(requirePositive(rate), capacity(system).value()),
        "Prop. 4.1, min(rate, c B / E[service]), first come first served");
  }

  /**
   * c_max = c B / S(B, E[length]): no choice of bins carries more. Remark 4.1 of arXiv:2412.04504.
   */
  public static TheoryResult maximum(BatchSystem system) {
    return TheoryResult.upperBound(slots(system) / system.meanOwnSeconds(), "Remark 4.1");
  }

  /**
   * Busy share of server time in steady state, min(1, rate E[service] / (B c)).
   *
   * @param rate arrival rate, requests per second, positive
   * @throws IllegalArgumentException if the rate is not positive
   */
  public static TheoryResult utilization(BatchSystem system, double rate) {
    return TheoryResult.exact(
        Math.min(1, requirePositive(rate) * system.meanBatchSeconds() / slots(system)),
        "T33, Little's law for the servers, min(1, rate E[service] / (B c))");
  }

  /**
   * Share of slot time that requests spend waiting for the longest request of their batch, 1 - S(B,
   * E[length]) / E[service]; undefined where the mean length is infinite.
   */
  public static TheoryResult padding(BatchSystem system) {
    String source = "eq. (2), 1 - E[own time] / E[service]";
    if (system.law().mean() == Double.POSITIVE_INFINITY) {
      return new TheoryResult.Undefined(Moments.noMean(system.law(), ""), source);
    }
    // Of batches of one it is 0, and rounding must not say less.
    double padding = Math.max(0, 1 - system.meanOwnSeconds() / system.meanBatchSeconds());
    return TheoryResult.exact(padding, source);
  }

  private static double slots(BatchSystem system) {
    return (double) system.servers() * system.batchSize();
  }

  private static double requirePositive(double rate) {
    Require.ARGUMENT.positive("the arrival rate", rate);
    return rate;
  }
}
