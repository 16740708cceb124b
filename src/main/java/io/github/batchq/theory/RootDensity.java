package io.github.batchq.theory;

import io.github.batchq.random.Law;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.analysis.solvers.BrentSolver;

/**
 * The integral of the square root of a law's density, and the points that divide it, for laws whose
 * integral has no closed form: Gauss-Legendre quadrature on panels that shrink towards 0, where a
 * density may have a pole, and grow towards infinity.
 */
final class RootDensity {
  private static final double[] QUANTILES = {1e-12, 1e-6, 0.01, 0.1, 0.5};

  /** Halvings towards a pole at 0: what is left of x^(-1/2) below 2^-200 is 1e-30 of it. */
  private static final int HALVINGS = 200;

  private final Law law;
  private final Quadrature quadrature;
  private final double total;

  /** The integral over the bulk of the law. */
  private final double scale;

  private double[] edges;
  private double[] sums;

  /**
   * @throws IllegalArgumentException if the law has atoms, or the integral is infinite or not known
   *     to be finite
   */
  RootDensity(Law law) {
    if (AtomicLaw.atoms(law).length > 0) {
      throw new IllegalArgumentException(
          law + " puts probability on single points, so it has no density to take the root of");
    }
    switch (law.densityRoot().integral()) {
      case INFINITE -> throw new IllegalArgumentException("the integral is infinite for " + law);
      case UNKNOWN ->
          throw new IllegalArgumentException(
              "whether the integral is finite is not known of " + law);
      case FINITE -> {}
    }
    this.law = law;
    this.quadrature = new Quadrature(x -> Math.sqrt(law.density(x)), Double.POSITIVE_INFINITY);
    double[] bulk = inSupport(law, marks(law));
    // Far out the density has few digits, and needs none: panels are as exact as the sum needs.
    this.scale = bulk.length < 2 ? 0 : quadrature.over(bulk, 0);
    this.edges = panels(law);
    this.sums = new double[edges.length];
    for (int i = 1; i < edges.length; i++) {
      sums[i] = sums[i - 1] + panel(edges[i - 1], edges[i]);
    }
    double sum = sums[sums.length - 1];
    this.total =
        law.upper() < Double.POSITIVE_INFINITY
            ? sum
            : sum + quadrature.toInfinity(edges[edges.length - 1], sum);
  }

  /** The integral of the root of the density over the support, in the root of the law's unit. */
  double total() {
    return total;
  }

  /** The x up to which the integral is the given share of the whole, 0 &lt; share &lt; 1. */
  double point(double share) {
    double target = share * total;
    while (sums[sums.length - 1] < target && law.upper() == Double.POSITIVE_INFINITY) {
      double last = edges[edges.length - 1];
      double next = sums[sums.length - 1] + panel(last, 2 * last);
      edges = DoubleStream.concat(Arrays.stream(edges), DoubleStream.of(2 * last)).toArray();
      sums = DoubleStream.concat(Arrays.stream(sums), DoubleStream.of(next)).toArray();
    }
    int right = 1;
    while (right < sums.length - 1 && sums[right] < target) {
      right++;
    }
    double from = edges[right - 1];
    double before = sums[right - 1];
    if (sums[right] <= target) {
      return edges[right];
    }
    return before >= target
        ? from
        : new BrentSolver(1e-14, Double.MIN_NORMAL)
            .solve(
                200,
                x -> (x == from ? before : before + panel(from, x)) - target,
                from,
                edges[right]);
  }

  private double panel(double from, double to) {
    return quadrature.over(new double[] {from, to}, scale);
  }

  private static double[] panels(Law law) {
    double lower = law.lower();
    double upper = law.upper();
    double[] marks =
        inSupport(
            law,
            DoubleStream.concat(
                marks(law),
                DoubleStream.concat(Arrays.stream(law.breakpoints()), DoubleStream.of(upper))));
    DoubleStream towardsZero =
        lower == 0
            ? DoubleStream.iterate(marks[0] / 2, x -> x / 2).limit(HALVINGS)
            : DoubleStream.empty();
    return DoubleStream.concat(
            DoubleStream.of(lower), DoubleStream.concat(towardsZero, Arrays.stream(marks)))
        .sorted()
        .distinct()
        .toArray();
  }

  private static double[] inSupport(Law law, DoubleStream points) {
    return points
        .filter(x -> x > law.lower() && x <= law.upper() && x < Double.POSITIVE_INFINITY)
        .sorted()
        .distinct()
        .toArray();
  }

  /** Points that leave no peak between two neighbours. */
  private static DoubleStream marks(Law law) {
    return law.parts().stream()
        .flatMapToDouble(
            part ->
                Arrays.stream(QUANTILES)
                    .flatMap(q -> DoubleStream.of(part.quantile(q), part.upperQuantile(q))));
  }
}
