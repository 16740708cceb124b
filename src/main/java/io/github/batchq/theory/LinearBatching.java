package io.github.batchq.theory;

import io.github.batchq.model.Require;

/**
 * Dynamic batching without a largest batch: Poisson arrivals, one server that takes all who wait,
 * and a batch of b requests lasts alpha * b + tau0 seconds, whatever is in it. Y. Inoue, "Queueing
 * analysis of GPU-based inference servers with dynamic batching", Performance Evaluation 147, 2021
 * (arXiv:1912.06322); equation numbers are his. Latencies are seconds.
 *
 * <p>His exact mean (35) needs the probability pi0 that the server is idle, for which he gives
 * bounds. It has a closed series: with z_0 = 0, z_{n+1} = exp(-rate alpha (1 - z_n)) and the
 * generating function P of the number left waiting, P(z_n) = exp(-rate tau0 (1 - z_n)) (P(z_{n+1})
 * - q (1 - z_{n+1})) with q = P(0), and z_n goes to 1; so
 *
 * <pre>
 * q = T_oo / (1 + sum over n of T_n (1 - z_{n+1})),  T_n = exp(-rate tau0 sum over i=0..n of (1 - z_i)),
 * </pre>
 *
 * and pi0 = q (1 - rate alpha) / (rate tau0 + q).
 *
 * @param alpha seconds for each request in a batch, positive and finite
 * @param tau0 seconds of every batch, finite, at least 0
 */
public record LinearBatching(double alpha, double tau0) {
  public LinearBatching {
    Require.ARGUMENT.positiveFinite("alpha", alpha);
    Require.ARGUMENT.notNegativeFinite("tau0", tau0);
  }

  /**
   * Mean time in system, (35).
   *
   * @param rate arrival rate, requests per second, positive
   * @throws IllegalArgumentException if the rate is not positive
   */
  public TheoryResult meanLatency(double rate) {
    String source = "T21, Inoue 2021, eq. (35) with pi0 as a series";
    double load = load(rate);
    if (!(load < 1)) {
      return unstable(load, source);
    }
    double busy = 1 - idle(rate);
    double value =
        alpha
            + tau0
            + rate
                * (1 + 2 * load)
                * (2 * alpha * tau0 + alpha * alpha + (busy - load) * tau0 / rate)
                / (2 * (1 - load * load));
    return TheoryResult.exact(value, source);
  }

  /**
   * Share of time in which the server is idle.
   *
   * @param rate arrival rate, requests per second, positive
   * @throws IllegalArgumentException if the rate is not positive
   */
  public TheoryResult idleShare(double rate) {
    String source = "T21, series for pi0 of Inoue 2021";
    double load = load(rate);
    return load < 1 ? TheoryResult.exact(idle(rate), source) : unstable(load, source);
  }

  /**
   * phi0, (41): an upper bound of the mean time in system, the smaller one for rates up to 1 /
   * (alpha + tau0).
   *
   * @param rate arrival rate, requests per second, positive
   * @throws IllegalArgumentException if the rate is not positive
   */
  public TheoryResult phi0(double rate) {
    String source = "T21, Inoue 2021, eq. (41)";
    double load = load(rate);
    return load < 1
        ? TheoryResult.upperBound(
            (alpha + tau0)
                / (2 * (1 - load))
                * (1 + 2 * rate * tau0 + (1 - rate * tau0) / (1 + load)),
            source)
        : unstable(load, source);
  }

  /**
   * phi1, (42): an upper bound of the mean time in system, the smaller one for rates from 1 /
   * (alpha + tau0) on.
   *
   * @param rate arrival rate, requests per second, positive
   * @throws IllegalArgumentException if the rate is not positive
   */
  public TheoryResult phi1(double rate) {
    String source = "T21, Inoue 2021, eq. (42)";
    double load = load(rate);
    return load < 1
        ? TheoryResult.upperBound(
            1.5 * tau0 / (1 - load) + alpha / 2 * (load + 2) / (1 - load * load), source)
        : unstable(load, source);
  }

  private double load(double rate) {
    Require.ARGUMENT.positive("the arrival rate", rate);
    return rate * alpha;
  }

  private double idle(double rate) {
    double load = rate * alpha;
    double rest = 1;
    double exponent = 0;
    double sum = 0;
    // 1 - z_n falls by at least the factor load.
    while (rest > 1e-18 && exponent > -745) {
      exponent -= rate * tau0 * rest;
      rest = -Math.expm1(-load * rest);
      sum += Math.exp(exponent) * rest;
    }
    double q = Math.exp(exponent) / (1 + sum);
    return q * (1 - load) / (rate * tau0 + q);
  }

  private static TheoryResult unstable(double load, String source) {
    return new TheoryResult.Undefined(
        "unstable: rate times alpha must be below 1, found " + load, source);
  }
}
