package io.github.batchq.workload;

import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Law;
import io.github.batchq.random.LawSpec;
import io.github.batchq.random.Sampler;
import java.util.function.IntSupplier;
import umontreal.ssj.rng.RandomStream;

/**
 * Numbers of requests that come together: a law whose values are rounded to whole ones of at least
 * 1.
 *
 * @param law law of the number X before it is rounded
 * @param mean E[X]
 * @param square E[X^2]
 */
public record SiblingCounts(Law law, double mean, double square) {
  /** Larger groups have no place in a run. */
  private static final int MOST = 1 << 20;

  private static final double NOTHING = 1e-17;

  /**
   * The sizes by a law.
   *
   * @throws IllegalArgumentException if the law allows sizes beyond a million
   */
  public static SiblingCounts of(Law law) {
    double mean = 1;
    double square = 1;
    double atLeast = law.atLeast(1.5);
    for (int j = 2; atLeast > NOTHING; j++) {
      if (j > MOST) {
        throw new IllegalArgumentException(
            "groups of arrivals must have at most " + MOST + " requests, found sizes by " + law);
      }
      mean += atLeast;
      square += (2.0 * j - 1) * atLeast;
      atLeast = law.atLeast(j + 0.5);
    }
    return new SiblingCounts(law, mean, square);
  }

  /**
   * Refuses a number in the place of a law that is no number of requests.
   *
   * @throws IllegalArgumentException if it is not whole, or less than 1
   */
  static void checkNumber(String key, LawSpec spec) {
    if (spec instanceof Deterministic number
        && !(number.value() >= 1 && number.value() == Math.rint(number.value()))) {
      throw new IllegalArgumentException(
          key + " must be a whole number of at least 1, or a law, found " + number.value());
    }
  }

  /** The size of all groups; 0 where they differ. */
  public int constant() {
    return rounded(law.lower()) == rounded(law.upper()) ? rounded(law.lower()) : 0;
  }

  /** P(X is at least so many). */
  double atLeast(long size) {
    return size <= 1 ? 1 : law.atLeast(size - 0.5);
  }

  /** The largest size; more than a million where there is none. */
  public double most() {
    return Math.max(1, Math.min(MOST + 1.0, Math.rint(law.upper())));
  }

  /**
   * Index of dispersion of requests that come together, or soon after each other: that of the
   * groups times E[X], and the variance of X over E[X].
   */
  double dispersion(double ofGroups) {
    return mean * ofGroups + (square - mean * mean) / mean;
  }

  /** The sizes, one after the other. */
  IntSupplier sampler(RandomStream stream) {
    Sampler sizes = law.sampler(stream);
    return () -> rounded(sizes.getAsDouble());
  }

  private static int rounded(double drawn) {
    return (int) Math.max(1, Math.min(MOST, Math.round(drawn)));
  }
}
