package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.special.Gamma;

/**
 * Batches that wait for a limited time: in each bin of a {@link BatchSystem} with Poisson arrivals,
 * a batch closes when it holds B requests or when a time T has passed since its first request came.
 * With lambda the arrival rate of the bin, A Poisson of mean lambda T and N the size of a batch,
 *
 * <pre>
 * P(N &gt; j) = P(A &ge; j) for j = 1..B-1,   E[N] = 1 + sum over j of P(A &ge; j),
 * mean wait until the batch closes = sum over j of j P(A &ge; j) / (lambda E[N]).
 * </pre>
 *
 * The last because n requests wait in the forming batch while A has reached n - 1 and not n: a mean
 * time of P(A &ge; n) / lambda. T25 of docs/theory.md. T infinite gives full batches. Times are
 * seconds.
 */
public final class TimeoutBatching {
  private static final String SOURCE = "T25, timeout batching";

  private final BatchSystem system;
  private final double timeout;
  private final double rate;

  /** P(N &gt; j) for j = 0..B-1, of each bin that receives somebody. */
  private final double[][] above;

  /**
   * Batches of a system that close by a timeout.
   *
   * @param system the bins, the batch size, the service and the servers
   * @param timeout longest wait T of a batch for more requests, at least 0, perhaps infinite
   * @param rate arrival rate over all bins, requests per second, positive and finite
   * @throws IllegalArgumentException if a number is out of its range
   */
  public TimeoutBatching(BatchSystem system, double timeout, double rate) {
    Require.ARGUMENT.notNegative("timeout", timeout);
    Require.ARGUMENT.positiveFinite("the arrival rate", rate);
    this.system = system;
    this.timeout = timeout;
    this.rate = rate;
    double[] masses = system.binMasses();
    this.above = new double[masses.length][];
    for (int bin = 0; bin < masses.length; bin++) {
      above[bin] = masses[bin] > 0 ? aboveSizes(rate * masses[bin]) : new double[0];
    }
  }

  /**
   * P(N = n) for n = 0..B: sizes of the batches of one bin.
   *
   * @param bin the bin, from 0; one that receives somebody
   */
  public double[] sizes(int bin) {
    double[] larger = above(bin);
    double[] sizes = new double[larger.length + 1];
    for (int n = 1; n <= larger.length; n++) {
      sizes[n] = larger[n - 1] - (n < larger.length ? larger[n] : 0);
    }
    return sizes;
  }

  /** E[N] of one bin, over its batches. */
  public TheoryResult meanSize(int bin) {
    return TheoryResult.exact(size(bin), SOURCE);
  }

  /** Mean wait of a request of one bin until its batch closes. */
  public TheoryResult formation(int bin) {
    return TheoryResult.exact(wait(bin), SOURCE);
  }

  /** Mean seconds of a batch of one bin, over its batches. */
  public TheoryResult meanBatchSeconds(int bin) {
    return seconds(batchSeconds(bin));
  }

  /** Mean seconds of the batch of a request of one bin, over its requests. */
  public TheoryResult requestSeconds(int bin) {
    return seconds(seenSeconds(bin));
  }

  /** Mean number of requests in a batch, over the batches of all bins. */
  public TheoryResult meanSize() {
    double batches = 0;
    double[] masses = system.binMasses();
    for (int bin = 0; bin < masses.length; bin++) {
      batches += masses[bin] > 0 ? masses[bin] / size(bin) : 0;
    }
    return TheoryResult.exact(1 / batches, SOURCE);
  }

  /** Mean wait of a request until its batch closes, over all bins. */
  public TheoryResult formation() {
    double sum = 0;
    double[] masses = system.binMasses();
    for (int bin = 0; bin < masses.length; bin++) {
      sum += masses[bin] > 0 ? masses[bin] * wait(bin) : 0;
    }
    return TheoryResult.exact(sum, SOURCE);
  }

  /** Mean seconds of a request's batch, over the requests of all bins. */
  public TheoryResult requestSeconds() {
    double sum = 0;
    double[] masses = system.binMasses();
    for (int bin = 0; bin < masses.length; bin++) {
      sum += masses[bin] > 0 ? masses[bin] * seenSeconds(bin) : 0;
    }
    return seconds(sum);
  }

  /**
   * Work that arrives for each server, sum over bins of lambda_i E[S_N] / E[N], divided by the
   * servers: stable below 1. It depends on the rate through N; a timeout makes batches smaller,
   * which raises it unless delta is so large that a small batch serves more than its share.
   */
  public TheoryResult load() {
    double sum = 0;
    double[] masses = system.binMasses();
    for (int bin = 0; bin < masses.length; bin++) {
      sum += masses[bin] > 0 ? masses[bin] * rate * batchSeconds(bin) / size(bin) : 0;
    }
    return seconds(sum / system.servers());
  }

  /**
   * The rate at which {@link #load} is 1, for Poisson arrivals, requests per second. The load grows
   * with the rate: a batch is followed by the next one after the wait for its first request, 1 /
   * lambda, and the time until it closes, min(T, Erlang), both of which shrink, while batches grow.
   * Never more than what full batches carry where small batches are no cheaper for a request.
   *
   * @param system the bins, the batch size, the service and the servers
   * @param timeout longest wait T of a batch for more requests, at least 0, perhaps infinite
   */
  public static TheoryResult capacity(BatchSystem system, double timeout) {
    double full = Throughput.capacity(system).value();
    if (!(full > 0) || Double.isInfinite(full)) {
      return TheoryResult.exact(full, SOURCE);
    }
    DoubleUnaryOperator spare =
        rate -> new TimeoutBatching(system, timeout, rate).load().value() - 1;
    double low = full;
    while (spare.applyAsDouble(low) >= 0) {
      low /= 2;
    }
    double high = full;
    while (spare.applyAsDouble(high) < 0) {
      high *= 2;
    }
    return TheoryResult.exact(
        new BrentSolver(1e-13, Double.MIN_NORMAL).solve(1000, spare::applyAsDouble, low, high),
        SOURCE + ", load 1");
  }

  /**
   * Mean time in system with infinitely many servers: wait until the batch closes, and its service.
   */
  public TheoryResult infiniteServers() {
    return seconds(formation().value() + requestSeconds().value());
  }

  private TheoryResult seconds(double value) {
    return system.law().mean() == Double.POSITIVE_INFINITY && !Double.isFinite(value)
        ? new TheoryResult.Undefined(Moments.noMean(system.law(), ""), SOURCE)
        : TheoryResult.exact(value, SOURCE);
  }

  /** P(N &gt; j) for j = 0..B-1 in a bin at which requests arrive at this rate. */
  private double[] aboveSizes(double binRate) {
    double mean = binRate * timeout;
    double[] sizes = new double[system.batchSize()];
    Arrays.fill(sizes, 1);
    if (mean < Double.POSITIVE_INFINITY) {
      for (int j = 1; j < sizes.length; j++) {
        sizes[j] = Gamma.regularizedGammaP(j, mean);
      }
    }
    return sizes;
  }

  private double[] above(int bin) {
    if (above[bin].length == 0) {
      throw new IllegalArgumentException("bin " + bin + " receives nobody");
    }
    return above[bin];
  }

  private double size(int bin) {
    return Arrays.stream(above(bin)).sum();
  }

  private double wait(int bin) {
    double[] larger = above(bin);
    double sum = 0;
    for (int j = 1; j < larger.length; j++) {
      sum += j * larger[j];
    }
    return sum / (rate * system.binMasses()[bin] * size(bin));
  }

  private double batchSeconds(int bin) {
    double[] sizes = sizes(bin);
    double sum = 0;
    for (int n = 1; n < sizes.length; n++) {
      sum += sizes[n] > 0 ? sizes[n] * seconds(bin, n) : 0;
    }
    return sum;
  }

  private double seenSeconds(int bin) {
    double[] sizes = sizes(bin);
    double sum = 0;
    for (int n = 1; n < sizes.length; n++) {
      sum += sizes[n] > 0 ? n * sizes[n] * seconds(bin, n) : 0;
    }
    return sum / size(bin);
  }

  private double seconds(int bin, int requests) {
    BinBoundaries boundaries = system.boundaries();
    boolean infinite =
        system.law().mean() == Double.POSITIVE_INFINITY
            && boundaries.upper(bin) == Double.POSITIVE_INFINITY;
    return infinite
        ? system.service().seconds(requests, Double.POSITIVE_INFINITY)
        : system.meanSeconds(bin, requests);
  }
}
