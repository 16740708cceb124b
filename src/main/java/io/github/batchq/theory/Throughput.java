package io.github.batchq.theory;

import io.github.batchq.random.Law;
import io.github.batchq.random.Uniform;
import io.github.batchq.theory.TheoryResult.Exact;
import io.github.batchq.theory.TheoryResult.Undefined;
import io.github.batchq.theory.TheoryResult.UpperBound;

/**
 * Long-run throughput of full batches, in requests per second, and what follows from it. {@code
 * batchSeconds} is E[t], the mean time of a batch; {@code requestSeconds} the mean time of a
 * request served alone. {@link Integer#MAX_VALUE} servers are infinitely many.
 *
 * <p>Every method throws IllegalArgumentException if a time or rate is not positive, or a batch
 * size or number of servers is less than 1.
 */
public final class Throughput {
  /** Relative room for rounding before a number of bins counts as one too few. */
  private static final double ROUNDING = 1e-12;

  private Throughput() {}

  /** The largest sustainable arrival rate, c B / E[t] (Prop. 4.1; c servers: theory notes, B.3). */
  public static TheoryResult capacity(double batchSeconds, int batchSize, int servers) {
    return new Exact(perSecond(batchSeconds, batchSize, servers), "Prop. 4.1, c B/E[t]");
  }

  /** Requests completed per second in the long run, min(rate, c B / E[t]). */
  public static TheoryResult delivered(
      double rate, double batchSeconds, int batchSize, int servers) {
    Require.positive("rate", rate);
    return new Exact(
        Math.min(rate, perSecond(batchSeconds, batchSize, servers)),
        "Prop. 4.1, min(lambda, c B/E[t])");
  }

  /** The capacity that no number of bins exceeds, c_max = c B / E[l] (Remark 4.1). */
  public static TheoryResult ceiling(double requestSeconds, int batchSize, int servers) {
    return new Exact(perSecond(requestSeconds, batchSize, servers), "Remark 4.1, c B/E[l]");
  }

  /** Busy share of the servers' time while the queue is stable, min(1, rate E[t] / (c B)). */
  public static TheoryResult utilization(
      double rate, double batchSeconds, int batchSize, int servers) {
    Require.positive("rate", rate);
    return new Exact(
        Math.min(1, rate / perSecond(batchSeconds, batchSize, servers)),
        "Prop. 4.1, min(1, lambda E[t]/(c B))");
  }

  /**
   * Share of slot time spent waiting for the longest request of the batch, 1 - E[l] / E[t]: a ratio
   * of long-run means.
   */
  public static TheoryResult padding(double requestSeconds, double batchSeconds) {
    Require.positive("time of a request", requestSeconds);
    Require.positive("time of a batch", batchSeconds);
    return new Exact(1 - requestSeconds / batchSeconds, "Prop. 4.1, 1 - E[l]/E[t]");
  }

  /**
   * Capacity of one server with k equal bins for uniform lengths in seconds, in closed form: B / (m
   * + (B/(B+1) max + 1/(B+1) min - m) / k) with m the mean (Thm 4.2).
   */
  public static TheoryResult uniformBins(Uniform law, int bins, int batchSize) {
    Require.bins(bins);
    Require.batchSize(batchSize);
    return new Exact(
        batchSize / (law.mean() + uniformLoss(law, batchSize) / bins), "Thm 4.2, eq. (4)");
  }

  /**
   * The number of bins that brings one server within epsilon of c_max = B / E[t of one request]:
   * the smallest k &ge; (c_max - epsilon) s loss / (epsilon E[t]), s the seconds per unit of
   * length.
   *
   * <ul>
   *   <li>Uniform law: Thm 4.3, with at least one bin, which the paper leaves out; exact for equal
   *       bins, the optimal ones; the loss is that of one bin.
   *   <li>Any other bounded law: theory notes, T2, with loss = alpha_B R, R the range and alpha_B =
   *       (1 - 1/B) B^(-1/(B-1)). So many bins of equal width suffice, so it is an upper bound.
   *   <li>Unbounded law: undefined.
   * </ul>
   *
   * @param epsilon requests per second, positive
   */
  public static TheoryResult smallestBins(
      Law law, ServiceScale scale, int batchSize, double epsilon) {
    Require.batchSize(batchSize);
    Require.positive("epsilon", epsilon);
    if (law instanceof Uniform uniform) {
      double loss = uniformLoss(uniform, batchSize);
      return new Exact(binsFor(law, scale, batchSize, epsilon, loss), "Thm 4.3, eq. (6)");
    }
    if (law.upper() < Double.POSITIVE_INFINITY) {
      double loss = alpha(batchSize) * (law.upper() - law.lower());
      return new UpperBound(
          binsFor(law, scale, batchSize, epsilon, loss), "Thm 4.3 for any bounded law (T2)");
    }
    return new Undefined(
        "no number of bins follows from the range of " + law + ", which is unbounded", "T2");
  }

  /**
   * The smallest number of bins k for which the boundaries of a rule bring one server's capacity
   * within epsilon of c_max, found by evaluating eq. (2) for k = 1, 2, ...; capacities are compared
   * to twelve digits.
   *
   * @param epsilon requests per second, positive
   * @param largest largest k to try, at least 1
   * @return undefined if no k up to {@code largest} is enough or the mean length is infinite
   * @throws IllegalArgumentException if the rule does not apply to the law
   */
  public static TheoryResult smallestBins(
      Law law, ServiceScale scale, int batchSize, double epsilon, BoundaryRule rule, int largest) {
    Require.positive("epsilon", epsilon);
    Require.bins(largest);
    String source = "eq. (2) for every k, " + rule.name() + " bins";
    if (law.mean() == Double.POSITIVE_INFINITY) {
      return new Undefined("the mean of " + law + " is infinite", source);
    }
    double wanted = perSecond(scale.seconds(law.mean()), batchSize, 1) - epsilon;
    for (int k = 1; k <= largest; k++) {
      double longest = BatchLength.expected(law, rule.boundaries(law, k, batchSize), batchSize);
      if (batchSize / scale.seconds(longest) >= wanted * (1 - ROUNDING)) {
        return new Exact(k, source);
      }
    }
    return new Undefined(
        "no number of " + rule.name() + " bins up to " + largest + " is enough", source);
  }

  private static double perSecond(double seconds, int batchSize, int servers) {
    Require.positive("mean time", seconds);
    Require.batchSize(batchSize);
    Require.servers(servers);
    return servers == Integer.MAX_VALUE
        ? Double.POSITIVE_INFINITY
        : (double) servers * batchSize / seconds;
  }

  /** E_1 - m for the uniform law: R (B-1) / (2 (B+1)). */
  private static double uniformLoss(Uniform law, int batchSize) {
    return (law.max() - law.min()) * (batchSize - 1.0) / (2 * (batchSize + 1.0));
  }

  /** alpha_B, the largest value of v - v^B in [0,1]. */
  private static double alpha(int batchSize) {
    return batchSize == 1 ? 0 : (1 - 1.0 / batchSize) * Math.pow(batchSize, -1.0 / (batchSize - 1));
  }

  /** The smallest k with scale.seconds(mean + loss / k) &le; B / (c_max - epsilon). */
  private static double binsFor(
      Law law, ServiceScale scale, int batchSize, double epsilon, double loss) {
    double seconds = scale.seconds(law.mean());
    double wanted = batchSize / seconds - epsilon;
    double bins = wanted * scale.secondsPerUnit() * loss / (epsilon * seconds);
    return Math.max(1, Math.ceil(bins * (1 - ROUNDING)));
  }
}
