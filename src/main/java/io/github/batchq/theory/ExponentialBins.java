package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.theory.TheoryResult.LowerBound;
import io.github.batchq.theory.TheoryResult.UpperBound;

/**
 * Bins for exponential lengths of rate mu: Lemma A.1 of arXiv:2412.04504 and the closed form of its
 * bound (theory notes, T9). The lemma bounds every bin's longest length but the last one's by the
 * bin's upper end and minimises the bound, not E_k itself; its boundaries are within 0.4 % of the
 * optimum for B = 200.
 */
public final class ExponentialBins {
  private ExponentialBins() {}

  /**
   * L_k: L_1 = H_B = 1 + 1/2 + ... + 1/B and L_m = 1 + log L_{m-1}.
   *
   * @param bins k, at least 1
   * @param batchSize B, at least 1
   * @throws IllegalArgumentException if an argument is less than 1
   */
  public static double constant(int bins, int batchSize) {
    Require.bins(bins);
    double constant = harmonic(batchSize);
    for (int m = 2; m <= bins; m++) {
      constant = 1 + Math.log(constant);
    }
    return constant;
  }

  /**
   * The boundaries of Lemma A.1, l_i = (1/mu) sum_{j=1..i} log L_{k-j}, in units of 1/mu.
   *
   * @param rate mu, positive
   * @param bins k, at least 1
   * @param batchSize B, at least 2 where there is more than one bin
   * @throws IllegalArgumentException if an argument is out of range
   */
  public static BinBoundaries boundaries(double rate, int bins, int batchSize) {
    Require.positive("rate", rate);
    Require.bins(bins);
    if (bins > 1 && batchSize < 2) {
      throw new IllegalArgumentException(
          "Lemma A.1 needs batches of at least 2 requests, found " + batchSize);
    }
    double[] inner = new double[bins - 1];
    double constant = harmonic(batchSize);
    for (int i = inner.length - 1; i >= 0; i--) {
      inner[i] = Math.log(constant) / rate;
      constant = 1 + Math.log(constant);
    }
    for (int i = 1; i < inner.length; i++) {
      inner[i] += inner[i - 1];
    }
    return BinBoundaries.of(inner);
  }

  /** Upper bound L_k / mu on E_k at the boundaries of Lemma A.1, in units of 1/mu (T9). */
  public static TheoryResult batchLengthBound(double rate, int bins, int batchSize) {
    Require.positive("rate", rate);
    return new UpperBound(
        constant(bins, batchSize) / rate, "Lemma A.1 at its minimum, L_k/mu (T9)");
  }

  /**
   * Lower bound B mu / L_k on the throughput of one server whose batches last as long as their
   * longest request, in requests per unit of 1/mu. It corrects Corollary A.1.1, eq. (60), which is
   * printed with wrong indices.
   */
  public static TheoryResult throughputBound(double rate, int bins, int batchSize) {
    Require.positive("rate", rate);
    return new LowerBound(
        batchSize * rate / constant(bins, batchSize), "Cor. A.1.1 corrected, B mu/L_k (T9)");
  }

  /** H_B, summed from the small terms up. */
  private static double harmonic(int batchSize) {
    Require.batchSize(batchSize);
    double sum = 0;
    for (int i = batchSize; i >= 1; i--) {
      sum += 1.0 / i;
    }
    return sum;
  }
}
