package io.github.batchq.theory;

import io.github.batchq.random.Law;

/**
 * A law conditioned on the interval [from, to): its mass P(from &le; X &lt; to) and its conditional
 * survival function. Differences are taken between survival functions in the upper half of the law
 * and between distribution functions in the lower half, so that neither tail loses digits.
 */
final class LawOnInterval {
  private final Law law;
  private final double from;
  private final double to;
  private final boolean lowerHalf;
  private final double end;
  private final double mass;

  LawOnInterval(Law law, double from, double to) {
    this.law = law;
    this.from = from;
    this.to = to;
    this.lowerHalf = below(to) <= 0.5;
    this.end = lowerHalf ? below(to) : atLeast(to);
    this.mass = Math.max(0, lowerHalf ? end - below(from) : atLeast(from) - end);
  }

  /** P(from &le; X &lt; to). */
  double mass() {
    return mass;
  }

  /** Left end of the conditional support, at worst a lower bound of it. */
  double lower() {
    return Math.max(from, law.lower());
  }

  /** Right end of the conditional support, at worst an upper bound of it. */
  double upper() {
    return Math.min(to, law.upper());
  }

  /** P(X &gt; x | from &le; X &lt; to) for x in the interval. */
  double survival(double x) {
    double above = lowerHalf ? end - law.cdf(x) : law.survival(x) - end;
    return Math.min(1, Math.max(0, above / mass));
  }

  /** Rounding error of {@link #survival}, absolute. */
  double rounding() {
    return Math.ulp(lowerHalf ? end : end + mass) / mass;
  }

  /** About the x with conditional survival q: good for placing the panels of a quadrature. */
  double upperQuantile(double q) {
    return lowerHalf
        ? law.quantile(Math.max(0, end - q * mass))
        : law.upperQuantile(Math.min(1, end + q * mass));
  }

  private double atLeast(double x) {
    return x == Double.POSITIVE_INFINITY ? 0 : x <= 0 ? 1 : law.atLeast(x);
  }

  /** P(X &lt; x): no law puts an atom between two neighbouring numbers. */
  private double below(double x) {
    return x == Double.POSITIVE_INFINITY ? 1 : x <= 0 ? 0 : law.cdf(Math.nextDown(x));
  }
}
