package io.github.batchq.theory;

import io.github.batchq.random.Law;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * A law conditioned on [from, to). Probabilities are differences of whichever of the distribution
 * and the survival function is small there, so they keep their relative accuracy in both tails.
 */
final class Slice {
  /** Conditional probabilities whose quantiles separate the body of a law from its tails. */
  private static final double[] LANDMARKS = {0.01, 0.1, 0.5, 0.9, 0.99};

  private final Law law;
  private final double low;
  private final double high;
  private final boolean fromBelow;
  private final double below;
  private final double atEnd;
  private final double mass;

  /**
   * @param from left end, inclusive
   * @param to right end, exclusive; may be infinite
   */
  Slice(Law law, double from, double to) {
    this.law = law;
    low = Math.max(from, law.lower());
    high = Math.min(to, law.upper());
    below = below(law, from);
    fromBelow = to < Double.POSITIVE_INFINITY && below(law, to) <= 0.5;
    if (fromBelow) {
      atEnd = below(law, to);
      mass = atEnd - below;
    } else {
      atEnd = atLeast(law, to);
      mass = atLeast(law, from) - atEnd;
    }
  }

  /** P(X &ge; x), also for infinite x. */
  static double atLeast(Law law, double x) {
    return x < Double.POSITIVE_INFINITY ? law.atLeast(x) : 0;
  }

  /** P(X &lt; x). */
  private static double below(Law law, double x) {
    return law.cdf(x) - (law.atLeast(x) - law.survival(x));
  }

  /** Smallest value that the conditioned law can take. */
  double low() {
    return low;
  }

  /** Right end of the conditioned law; may be infinite. */
  double high() {
    return high;
  }

  /** P(from &le; X &lt; to). */
  double mass() {
    return mass;
  }

  /** P(X &gt; x | from &le; X &lt; to) for x in the slice. */
  double tail(double x) {
    double above = fromBelow ? atEnd - law.cdf(x) : law.survival(x) - atEnd;
    return Math.max(0, Math.min(1, above / mass));
  }

  /**
   * Points strictly inside the slice where quadrature splits: the law's breakpoints and some
   * quantiles.
   */
  NavigableSet<Double> landmarks() {
    NavigableSet<Double> points = new TreeSet<>();
    for (double breakpoint : law.breakpoints()) {
      points.add(breakpoint);
    }
    for (double landmark : LANDMARKS) {
      points.add(law.quantile(Math.min(1, below + landmark * mass)));
    }
    return points.subSet(low, false, high, false);
  }
}
