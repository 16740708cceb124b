package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import java.util.function.DoubleUnaryOperator;

/**
 * The expected longest length of a batch, in the unit of the law's lengths: eq. (2) of
 * arXiv:2412.04504 for any law.
 *
 * <p>Accuracy: relative error below 1e-11, by quadrature on the survival function; sums over atoms
 * are exact up to rounding.
 */
public final class BatchLength {
  /** Relative change of an extrapolated tail below which it has settled. */
  private static final double SETTLED = 1e-14;

  /** Share of the result that a neglected tail may have. */
  private static final double NEGLIGIBLE = 1e-17;

  private BatchLength() {}

  /**
   * E[max of n draws], the draws independent and conditioned on [from, to): M = a + integral over
   * [a,b] of 1 - F(x)^n, where F is the conditional distribution function, a and b the ends of its
   * support, and 1 - F^n = -expm1(n log1p(F - 1)) (theory notes, B.1).
   *
   * @param n number of draws, at least 1
   * @param from left end, inclusive
   * @param to right end, exclusive; may be infinite
   * @throws IllegalArgumentException if n is less than 1, the law has no mass in [from, to), or the
   *     expectation is infinite
   */
  public static double expectedMaximum(Law law, int n, double from, double to) {
    Require.batchSize(n);
    Slice slice = new Slice(law, from, to);
    if (!(slice.mass() > 0)) {
      throw new IllegalArgumentException(
          law + " has no probability mass in [" + from + ", " + to + ")");
    }
    if (slice.high() == Double.POSITIVE_INFINITY && law.mean() == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "the mean of " + law + " is infinite, and so is the expected longest length of a batch");
    }
    return integrate(slice, x -> -Math.expm1(n * Math.log1p(-slice.tail(x))));
  }

  /**
   * E_k = sum over bins of p_i E[max of B draws from bin i], eq. (2): the expected longest length
   * of a full batch when every bin forms its own batches. Bins without mass form no batch.
   *
   * @param batchSize B, at least 1
   * @throws IllegalArgumentException if the batch size is less than 1 or the expectation infinite
   */
  public static double expected(Law law, BinBoundaries boundaries, int batchSize) {
    Require.batchSize(batchSize);
    double[] probabilities = binProbabilities(law, boundaries);
    double sum = 0;
    for (int bin = 0; bin < probabilities.length; bin++) {
      if (probabilities[bin] > 0) {
        double longest =
            expectedMaximum(law, batchSize, boundaries.lower(bin), boundaries.upper(bin));
        sum += probabilities[bin] * longest;
      }
    }
    return sum;
  }

  /** p_i = P(l_{i-1} &le; X &lt; l_i), the probability of each bin. */
  public static double[] binProbabilities(Law law, BinBoundaries boundaries) {
    double[] probabilities = new double[boundaries.bins()];
    for (int bin = 0; bin < probabilities.length; bin++) {
      probabilities[bin] = new Slice(law, boundaries.lower(bin), boundaries.upper(bin)).mass();
    }
    return probabilities;
  }

  /** low + integral of a function that falls from 1 to 0 over the slice. */
  private static double integrate(Slice slice, DoubleUnaryOperator excess) {
    double x = slice.low();
    double step = 0;
    double total = x;
    for (double point : slice.landmarks()) {
      total += Quadrature.integrate(excess, x, point, total);
      step = point - x;
      x = point;
    }
    step = step > 0 ? step : firstStep(slice);
    return slice.high() < Double.POSITIVE_INFINITY
        ? upTo(slice.high(), excess, x, step, total)
        : unbounded(excess, x, step, total);
  }

  /** A step from the low end that the conditional median is not far beyond. */
  private static double firstStep(Slice slice) {
    double low = slice.low();
    double step = Math.min(slice.high() - low, Math.max(low, 1));
    while (low + step > low && slice.tail(low + step) < 0.5) {
      step /= 2;
    }
    return step;
  }

  /** Panels of doubling width up to a finite end, or until no more than a trace can be left. */
  private static double upTo(
      double end, DoubleUnaryOperator excess, double from, double firstStep, double sum) {
    double x = from;
    double total = sum;
    double step = firstStep;
    while (x < end && excess.applyAsDouble(x) * (end - x) > NEGLIGIBLE * total) {
      double next = end - x > 1.5 * step ? x + step : end;
      total += Quadrature.integrate(excess, x, next, total);
      step *= 2;
      x = next;
    }
    return total;
  }

  /**
   * Panels of doubling width without end. Where the contributions shrink by a steady factor r, as
   * they do under a power-law tail, what is left is the geometric series c r / (1 - r).
   */
  private static double unbounded(
      DoubleUnaryOperator excess, double from, double firstStep, double sum) {
    double x = from;
    double total = sum;
    double before = 0;
    double limit = Double.POSITIVE_INFINITY;
    for (double step = firstStep; x + step < Double.POSITIVE_INFINITY; step *= 2) {
      double panel = Quadrature.integrate(excess, x, x + step, total);
      x += step;
      total += panel;
      if (panel <= NEGLIGIBLE * total) {
        return total;
      }
      double limitBefore = limit;
      limit = panel < before ? total + panel * panel / (before - panel) : Double.POSITIVE_INFINITY;
      if (Math.abs(limit - limitBefore) <= SETTLED * limit) {
        return limit;
      }
      before = panel;
    }
    return limit;
  }
}
