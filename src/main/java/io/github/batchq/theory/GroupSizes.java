package io.github.batchq.theory;

import io.github.batchq.random.Law;
import java.util.Arrays;

/**
 * The number X of requests that come together: a law rounded to whole numbers of at least 1.
 *
 * <p>Large groups are left out beyond a number J whose share of the second moment is negligible.
 * That share is bounded, not estimated: with blocks from 2^k J to 2^(k+1) J,
 *
 * <pre>E[X^2; X &gt; J] &le; sum over k &ge; 0 of (2^(k+1) J)^2 P(X &gt; 2^k J).</pre>
 */
final class GroupSizes {
  /** Groups that are larger than this are not followed. */
  static final int MOST = 4096;

  /** Share of E[X^2] that may be left out. */
  private static final double NEGLIGIBLE = 1e-14;

  private final Law law;
  private final double[] probabilities;
  private final double mean;
  private final double square;
  private final double leftOut;

  private GroupSizes(Law law, int largest) {
    this.law = law;
    double[] found = new double[largest + 1];
    double sum = 0;
    double first = 0;
    double second = 0;
    for (int j = largest; j >= 1; j--) {
      found[j] = (j == 1 ? 1 : law.atLeast(j - 0.5)) - law.atLeast(j + 0.5);
      sum += found[j];
      first += j * found[j];
      second += (double) j * j * found[j];
    }
    int last = largest;
    while (last > 1 && found[last] == 0) {
      last--;
    }
    probabilities = Arrays.copyOf(found, last + 1);
    for (int j = 1; j <= last; j++) {
      probabilities[j] /= sum;
    }
    mean = first / sum;
    square = second / sum;
    leftOut = beyond(law, largest) / square;
  }

  /** The sizes that a law gives, as far as they matter or {@link #MOST} allows. */
  static GroupSizes of(Law law) {
    GroupSizes sizes = new GroupSizes(law, 1);
    for (int largest = 2; !sizes.suffice() && largest <= MOST; largest *= 2) {
      sizes = new GroupSizes(law, largest);
    }
    return sizes;
  }

  /** A bound of E[X^2; X &gt; largest]; infinite where it does not converge. */
  private static double beyond(Law law, int largest) {
    double sum = 0;
    for (double from = largest; from < Double.MAX_VALUE / 2; from *= 2) {
      double more = law.atLeast(from + 0.5);
      if (more == 0) {
        return sum;
      }
      sum += 4 * from * more * from;
    }
    return Double.POSITIVE_INFINITY;
  }

  /** Why these sizes are not all that matter; empty where they are. */
  String trouble() {
    if (law.variance() == Double.POSITIVE_INFINITY) {
      return "group sizes by " + law + " have an infinite variance, so the mean wait is infinite";
    }
    return suffice()
        ? ""
        : "groups of sizes by "
            + law
            + " may have more than "
            + MOST
            + " requests, and those may have more than "
            + NEGLIGIBLE
            + " of the second moment";
  }

  /** False, too, where no group is as small, so that the share is not a number. */
  private boolean suffice() {
    return leftOut <= NEGLIGIBLE;
  }

  /** Whether every request comes alone. */
  boolean areOne() {
    return probabilities.length == 2;
  }

  /** P(X = 0) = 0, P(X = 1), ..., up to the largest group. */
  double[] probabilities() {
    return probabilities;
  }

  /** E[X]. */
  double mean() {
    return mean;
  }

  /** E[X^2]. */
  double square() {
    return square;
  }
}
