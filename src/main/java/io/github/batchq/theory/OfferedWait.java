package io.github.batchq.theory;

import io.github.batchq.random.Law;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/**
 * Integrals over the density exp(phi(x)), phi(x) = lambda E[min(T, x)] - c mu x, of the wait that
 * the queue M/M/c+G offers, in units of exp of its peak. phi is concave, for its slope lambda P(T
 * &gt; x) - c mu falls, so the places where it is some way below the peak are found by halving, and
 * between them the integrand is smooth but for the breakpoints of the patience.
 */
final class OfferedWait {
  /** How far below the peak panels end; what is farther out is lost in the rounding. */
  private static final double[] DEPTHS = {0.5, 5, 30, 100};

  private static final double[] QUANTILES = {0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.9999};

  private static final int HALVINGS = 60;

  private static final double SHARE = 1e-3;

  private final double rate;
  private final double capacity;
  private final Law patience;
  private final double giveUpRate;
  private final double[] known;
  private final double[] spentThere;
  private final double peak;
  private final double logPeak;
  private final double[] panels;

  /**
   * @param rate lambda, requests per second
   * @param capacity c mu, requests per second
   * @param patience law of T
   */
  OfferedWait(double rate, double capacity, Law patience) {
    this.rate = rate;
    this.capacity = capacity;
    this.patience = patience;
    this.giveUpRate = patience.exponentialRate().orElse(0);
    this.known =
        DoubleStream.concat(
                DoubleStream.concat(
                    DoubleStream.of(0, patience.lower(), patience.upper()),
                    Arrays.stream(QUANTILES).map(patience::quantile)),
                Arrays.stream(patience.breakpoints()))
            .filter(Double::isFinite)
            .sorted()
            .distinct()
            .toArray();
    this.spentThere = new double[known.length];
    Quadrature survival = new Quadrature(patience::survival, 0);
    for (int i = 1; i < known.length; i++) {
      spentThere[i] =
          spentThere[i - 1]
              + survival.over(new double[] {known[i - 1], known[i]}, spentThere[i - 1]);
    }
    this.peak = rate > capacity ? patience.upperQuantile(capacity / rate) : 0;
    this.logPeak = exponent(peak);
    this.panels = panels();
  }

  /** E[min(T, x)]: mean time that a request spends which x would be the wait of. */
  private double spent(double x) {
    if (giveUpRate > 0) {
      return -Math.expm1(-giveUpRate * x) / giveUpRate;
    }
    int place = Arrays.binarySearch(known, x);
    int below = place >= 0 ? place : -place - 2;
    double before = spentThere[below];
    return x == known[below]
        ? before
        : before
            + new Quadrature(patience::survival, 0).over(new double[] {known[below], x}, before);
  }

  private double exponent(double x) {
    return rate * spent(x) - capacity * x;
  }

  /** The peak of the exponent. */
  double logPeak() {
    return logPeak;
  }

  private double[] panels() {
    DoubleStream.Builder edges = DoubleStream.builder();
    for (double depth : DEPTHS) {
      double far = 1 / capacity;
      while (logPeak - exponent(peak + far) < depth) {
        far *= 2;
      }
      edges.add(crossing(peak, peak + far, depth));
      if (peak > 0 && logPeak - exponent(0) > depth) {
        edges.add(crossing(peak, 0, depth));
      }
    }
    edges.add(peak);
    double[] found = edges.build().sorted().toArray();
    double first = logPeak - exponent(0) > DEPTHS[DEPTHS.length - 1] ? found[0] : 0;
    double[] inner = DoubleStream.concat(Arrays.stream(found), Arrays.stream(known)).toArray();
    return LongestLength.between(inner, first, found[found.length - 1]);
  }

  /** Where the exponent falls so far below the peak, between two places. */
  private double crossing(double above, double below, double depth) {
    double high = above;
    double low = below;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (high + low) / 2;
      if (logPeak - exponent(middle) < depth) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return low;
  }

  private double integral(DoubleUnaryOperator factor, double scale) {
    return new Quadrature(x -> factor.applyAsDouble(x) * Math.exp(exponent(x) - logPeak), 0)
        .over(panels, scale);
  }

  /** The integral of the density. */
  double mass() {
    return integral(x -> 1, 0);
  }

  /** That of P(T &le; x): those who give up. */
  double losses() {
    // The error is relative to a share of all, as a distribution function may have few digits.
    return integral(patience::cdf, SHARE * mass());
  }

  /** That of E[min(T, x)]. */
  double spent() {
    return integral(this::spent, 0);
  }

  /** That of x P(T &gt; x): the waits of those who do not give up. */
  double servedWaits() {
    return integral(x -> x * patience.survival(x), 0);
  }
}
