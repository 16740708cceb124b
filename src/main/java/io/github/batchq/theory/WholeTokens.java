package io.github.batchq.theory;

import io.github.batchq.random.Law;

/**
 * Numbers of tokens N = ceil(L), at least 1, of requests whose lengths L have a law: a step gives a
 * whole token. Moments are sums of P(N &gt; j) = P(L &gt; j) over j.
 */
final class WholeTokens {
  /** Beyond so many tokens the steps of a heavy tail are small against its length. */
  private static final int MOST_TERMS = 1 << 20;

  private static final double NOTHING = 1e-17;

  private final double mean;
  private final double pairs;

  WholeTokens(Law law) {
    double sum = 1;
    double weighted = 0;
    int j = 1;
    double longer = law.survival(1);
    while (longer > NOTHING && j < MOST_TERMS) {
      sum += longer;
      weighted += j * longer;
      j++;
      longer = law.survival(j);
    }
    if (longer > NOTHING) {
      double excess =
          law.mean() == Double.POSITIVE_INFINITY
              ? Double.POSITIVE_INFINITY
              : BatchMaximum.expectedMaximum(law, 1, j, Double.POSITIVE_INFINITY) - j;
      sum += longer * (excess + 0.5);
      weighted = Double.NaN;
    }
    mean = sum;
    pairs = weighted;
  }

  /** Mean of lengths that are rounded to the nearest whole number, at least 0. */
  static double meanRounded(Law law) {
    double sum = 0;
    int j = 0;
    double longer = law.atLeast(0.5);
    while (longer > NOTHING && j < MOST_TERMS) {
      sum += longer;
      j++;
      longer = law.atLeast(j + 0.5);
    }
    if (longer > NOTHING) {
      sum +=
          law.mean() == Double.POSITIVE_INFINITY
              ? Double.POSITIVE_INFINITY
              : longer
                  * (BatchMaximum.expectedMaximum(law, 1, j + 0.5, Double.POSITIVE_INFINITY) - j);
    }
    return sum;
  }

  /** E[N]; infinite where the law's mean is. */
  double mean() {
    return mean;
  }

  /** E[N (N-1) / 2]; NaN where more than a million tokens still have a chance. */
  double pairs() {
    return pairs;
  }

  /** Squared coefficient of variation of N; NaN as {@link #pairs}. */
  double variation() {
    return (2 * pairs + mean) / (mean * mean) - 1;
  }
}
