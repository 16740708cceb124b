package io.github.batchq.theory;

import io.github.batchq.model.Require;
import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;

/**
 * Law of a request's time in system with infinitely many servers and Poisson arrivals: until its
 * batch is full, then its batch's service (our T11). Seconds.
 *
 * <p>Bin i of mass p_i fills at rate p_i * rate. A request is equally likely to be the first, ...,
 * the last of its batch of B, and waits for the arrivals that are still missing; with N Poisson of
 * mean a = rate p_i u,
 *
 * <pre>
 * P(wait &gt; u) = E[(B-1-N)^+] / B = ((B-1) P(N &le; B-2) - a P(N &le; B-3)) / B.
 * </pre>
 *
 * <p>The batch's service time S is independent of when its requests came. In parts, with h the
 * density of the wait, which is 0 for the last request of a batch,
 *
 * <pre>
 * P(T &gt; t) = P(wait &gt; t) + P(S &gt; t) / B + integral from 0 to t of h(u) P(S &gt; t-u) du,
 * h(u) = (rate p_i / B) P(N &le; B-2),
 * </pre>
 *
 * <p>and the sum over bins, weighted by p_i. The quadrature reaches a relative 1e-11; where lengths
 * take finitely many values the integral is a sum.
 */
public final class SojournTime {
  private static final String SOURCE = "T11, law of the wait for a full batch";

  /** Relative width at which the bisection for a quantile stops. */
  private static final double TOLERANCE = 1e-12;

  /** Waits at which the quadrature splits, in standard deviations from the mean of a full wait. */
  private static final double[] SPLITS = {-6, -2, 0, 2, 6};

  private final BatchSystem system;
  private final double rate;
  private final double offset;
  private final double secondsPerUnit;
  private final LongestLength[] bins;
  private final double[][] edges;

  private SojournTime(BatchSystem system, double rate) {
    this.system = system;
    this.rate = rate;
    this.offset = system.service().offset(system.batchSize());
    this.secondsPerUnit = system.service().secondsPerUnit(system.batchSize());
    this.bins = system.longestLengths();
    this.edges = Arrays.stream(bins).map(LongestLength::edges).toArray(double[][]::new);
  }

  /**
   * The law for the given system, whose number of servers is not used.
   *
   * @param rate arrival rate over all bins, requests per second, positive and finite
   * @throws IllegalArgumentException if the rate is out of its range
   */
  public static SojournTime of(BatchSystem system, double rate) {
    Require.ARGUMENT.positiveFinite("the arrival rate", rate);
    return new SojournTime(system, rate);
  }

  /** P(T &gt; seconds). */
  public double survival(double seconds) {
    double rest = seconds - offset;
    double sum = 0;
    for (int i = 0; i < bins.length; i++) {
      double share = bins[i].binMass();
      sum +=
          share
              * (secondsPerUnit > 0
                  ? survival(i, rest / secondsPerUnit)
                  : rest < 0 ? 1 : waitsLonger(share * rate, rest));
    }
    return Math.min(1, sum);
  }

  /**
   * Quantile: the smallest t with P(T &le; t) &ge; p, to a relative 1e-12. It exists even where the
   * mean is infinite.
   *
   * @param p between 0 and 1, both excluded
   * @throws IllegalArgumentException if p is out of its range
   */
  public TheoryResult quantile(double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException(
          "a quantile is asked for a probability between 0 and 1, found " + p);
    }
    double low =
        offset
            + secondsPerUnit
                * Arrays.stream(bins).mapToDouble(LongestLength::lower).min().orElse(0);
    double step = system.batchSize() / rate + secondsPerUnit * (system.law().quantile(0.5) + 1);
    double high = low;
    while (Double.isFinite(high) && survival(high) > 1 - p) {
      low = high;
      high += step;
      step *= 2;
    }
    if (!Double.isFinite(high)) {
      return TheoryResult.exact(high, SOURCE);
    }
    while (high - low > TOLERANCE * high) {
      double middle = low + (high - low) / 2;
      if (survival(middle) > 1 - p) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return TheoryResult.exact(high, SOURCE);
  }

  /** P(T &gt; t) in a bin, t without the offset and in the unit of the lengths. */
  private double survival(int bin, double t) {
    LongestLength longest = bins[bin];
    double fill = longest.binMass() * rate * secondsPerUnit;
    if (longest.isDiscrete()) {
      return sum(longest, fill, t);
    }
    double lower = longest.lower();
    if (t < lower) {
      return 1;
    }
    double first = Math.max(0, t - longest.upper());
    double last = t - lower;
    double before = waitsLonger(fill, last) + longest.exceeds(t) / system.batchSize();
    if (system.batchSize() == 1 || !(last > first)) {
      return before;
    }
    Quadrature quadrature =
        new Quadrature(
            u -> density(fill, u) * longest.exceeds(t - u),
            fill / system.batchSize() * longest.rounding());
    double[] panels = LongestLength.between(splits(edges[bin], fill, t), first, last);
    return before + quadrature.over(panels, before);
  }

  /** The same where the longest length takes finitely many values. */
  private double sum(LongestLength longest, double fill, double t) {
    double[] atoms = longest.atoms();
    double[] masses = longest.masses();
    double sum = 0;
    for (int i = 0; i < atoms.length; i++) {
      sum += masses[i] * (t < atoms[i] ? 1 : waitsLonger(fill, t - atoms[i]));
    }
    return sum;
  }

  /** Waits at which the integrand bends, or between which the law of a full wait lies. */
  private double[] splits(double[] lengths, double fill, double t) {
    double full = system.batchSize() - 1.0;
    double[] splits = new double[lengths.length + SPLITS.length];
    for (int i = 0; i < lengths.length; i++) {
      splits[i] = t - lengths[i];
    }
    for (int i = 0; i < SPLITS.length; i++) {
      splits[lengths.length + i] = (full + SPLITS[i] * Math.sqrt(full)) / fill;
    }
    return splits;
  }

  /** P(wait &gt; u) for u &ge; 0. */
  private double waitsLonger(double fill, double u) {
    int size = system.batchSize();
    double a = fill * u;
    if (a == 0) {
      return (size - 1.0) / size;
    }
    if (Double.isInfinite(a)) {
      return 0;
    }
    double sum = (size - 1 - a) * poissonAtMost(size - 3, a) + (size - 1) * poisson(size - 2, a);
    return Math.min(1, Math.max(0, sum / size));
  }

  private double density(double fill, double u) {
    return fill / system.batchSize() * poissonAtMost(system.batchSize() - 2, fill * u);
  }

  private static double poissonAtMost(int n, double mean) {
    return n < 0 || Double.isInfinite(mean)
        ? 0
        : mean <= 0 ? 1 : Gamma.regularizedGammaQ(n + 1.0, mean);
  }

  private static double poisson(int n, double mean) {
    return n < 0 ? 0 : Math.exp(n * Math.log(mean) - mean - Gamma.logGamma(n + 1.0));
  }
}
