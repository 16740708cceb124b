package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The mean of the longest length in a batch. Lengths are in the workload's unit.
 *
 * <p>For n independent lengths of a law F conditioned on [a,b), in equation (2) of
 * arXiv:2412.04504,
 *
 * <pre>M_n(a,b) = a + integral from a to b of 1 - F_ab(x)^n dx,</pre>
 *
 * computed as -expm1(n log1p(-s(x))) with the conditional survival function s, so that far tails
 * keep their digits. An empirical law is summed exactly. The quadrature for every other law splits
 * at the law's breakpoints and at quantiles of the maximum, and reaches a relative 1e-11.
 */
public final class BatchMaximum {
  /** Quantiles of the maximum at which the quadrature splits. */
  private static final double[] SPLITS = {1e-9, 0.01, 0.5, 0.99, 1 - 1e-6};

  private BatchMaximum() {}

  /**
   * M_n(from,to): mean of the maximum of n independent draws from the law conditioned on [from,to).
   *
   * @param n number of draws, at least 1
   * @param from left end (inclusive), in the unit of the law
   * @param to right end (exclusive), in the unit of the law; may be infinite
   * @throws IllegalArgumentException if n is less than 1, if the law has no mass in the interval,
   *     or if the interval is unbounded and the law's mean is infinite
   */
  public static double expectedMaximum(Law law, int n, double from, double to) {
    Require.ARGUMENT.atLeast("n", n, 1);
    LawOnInterval part = requireMass(law, from, to);
    Empirical observations = law.observations();
    if (observations != null) {
      return sum(observations, n, from, to);
    }
    if (part.upper() == Double.POSITIVE_INFINITY && law.mean() == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          Moments.noMean(law, ", so the mean of a maximum is infinite too"));
    }
    return quadrature(law, part, n, x -> x, x -> 1);
  }

  private static LawOnInterval requireMass(Law law, double from, double to) {
    LawOnInterval part = new LawOnInterval(law, from, to);
    if (!(part.mass() > 0)) {
      throw new IllegalArgumentException(
          law + " has no mass in [" + from + "," + to + "), so no maximum either");
    }
    return part;
  }

  /**
   * E[h(M)] for the maximum M of n independent draws from the law conditioned on [from,to) and a
   * nondecreasing function h: h(a) plus the integral of h'(x) P(M &gt; x) over x &gt; a.
   *
   * @param n number of draws, at least 1
   * @param from left end (inclusive), in the unit of the law
   * @param to right end (exclusive), in the unit of the law; may be infinite
   * @param function h, finite
   * @param derivative h', at least 0
   * @throws IllegalArgumentException if the law has no mass in the interval
   */
  static double expectedValue(
      Law law,
      int n,
      double from,
      double to,
      DoubleUnaryOperator function,
      DoubleUnaryOperator derivative) {
    LawOnInterval part = requireMass(law, from, to);
    Empirical observations = law.observations();
    if (observations != null) {
      return sum(observations, n, from, to, function);
    }
    return quadrature(law, part, n, function, derivative);
  }

  private static double quadrature(
      Law law,
      LawOnInterval part,
      int n,
      DoubleUnaryOperator function,
      DoubleUnaryOperator derivative) {
    Quadrature quadrature =
        new Quadrature(
            x -> derivative.applyAsDouble(x) * -Math.expm1(n * Math.log1p(-part.survival(x))),
            n * part.rounding());
    double[] edges = edges(law, part, n);
    double least = function.applyAsDouble(part.lower());
    double sum = least + quadrature.over(edges, least);
    return part.upper() == Double.POSITIVE_INFINITY
        ? sum + quadrature.toInfinity(edges[edges.length - 1], sum)
        : sum;
  }

  /** The same integral for a step function. */
  private static double sum(
      Empirical law, int n, double from, double to, DoubleUnaryOperator function) {
    int first = atomsBelow(law, from);
    int last = atomsBelow(law, to) - 1;
    long before = first == 0 ? 0 : law.cumulativeCount(first - 1);
    double count = law.cumulativeCount(last) - before;
    double value = function.applyAsDouble(law.atom(first));
    double sum = value;
    for (int j = first; j < last; j++) {
      double share = (law.cumulativeCount(j) - before) / count;
      double next = function.applyAsDouble(law.atom(j + 1));
      sum += (next - value) * (1 - Math.pow(share, n));
      value = next;
    }
    return sum;
  }

  /**
   * E_k of equation (2): mean of the longest length in a batch when every batch comes from one bin,
   * the sum over bins of P(bin) M_B(bin). Bins of mass zero receive nobody and are left out.
   *
   * @param batchSize number of requests in a batch B, at least 1
   * @throws IllegalArgumentException if the batch size is less than 1 or the law's mean is infinite
   */
  public static double expectedBatchLength(Law law, BinBoundaries boundaries, int batchSize) {
    return overBins(
        law,
        boundaries,
        bin -> expectedMaximum(law, batchSize, boundaries.lower(bin), boundaries.upper(bin)));
  }

  /**
   * The mean over bins, by their masses, of what each of them has; bins of mass zero are left out.
   */
  static double overBins(Law law, BinBoundaries boundaries, IntToDoubleFunction ofBin) {
    double sum = 0;
    double[] masses = binProbabilities(law, boundaries);
    for (int bin = 0; bin < masses.length; bin++) {
      if (masses[bin] > 0) {
        sum += masses[bin] * ofBin.applyAsDouble(bin);
      }
    }
    return sum;
  }

  /** P(l_{i-1} &le; X &lt; l_i) for every bin i: the share of requests that the bin receives. */
  public static double[] binProbabilities(Law law, BinBoundaries boundaries) {
    double[] masses = new double[boundaries.bins()];
    for (int bin = 0; bin < masses.length; bin++) {
      masses[bin] = new LawOnInterval(law, boundaries.lower(bin), boundaries.upper(bin)).mass();
    }
    return masses;
  }

  /** The same integral for a step function: v_last minus the sum of (v_{j+1} - v_j) F(v_j)^n. */
  private static double sum(Empirical law, int n, double from, double to) {
    int first = atomsBelow(law, from);
    int last = atomsBelow(law, to) - 1;
    long before = first == 0 ? 0 : law.cumulativeCount(first - 1);
    double count = law.cumulativeCount(last) - before;
    double maximum = law.atom(last);
    for (int j = first; j < last; j++) {
      double share = (law.cumulativeCount(j) - before) / count;
      maximum -= (law.atom(j + 1) - law.atom(j)) * Math.pow(share, n);
    }
    return maximum;
  }

  private static int atomsBelow(Empirical law, double x) {
    int low = 0;
    int high = law.atoms();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (law.atom(middle) < x) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Edges of the panels: all of [lower, upper], or of [lower, start of the tail]. */
  private static double[] edges(Law law, LawOnInterval part, int n) {
    double lower = part.lower();
    double upper = part.upper();
    DoubleStream quantiles =
        Arrays.stream(SPLITS).map(v -> part.upperQuantile(-Math.expm1(Math.log(v) / n)));
    DoubleStream inner =
        DoubleStream.concat(quantiles, Arrays.stream(law.breakpoints()))
            .filter(x -> x > lower && x < upper);
    // An unbounded range needs a positive point where its tail starts.
    double last = upper < Double.POSITIVE_INFINITY ? upper : lower > 0 ? lower : law.mean();
    return DoubleStream.concat(DoubleStream.of(lower, last), inner).sorted().distinct().toArray();
  }
}
