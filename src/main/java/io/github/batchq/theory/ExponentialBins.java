package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;

/**
 * Bins for exponential lengths of rate mu: the boundaries that minimise the upper bound (27) of
 * arXiv:2412.04504 on the mean batch length E_k, Lemma A.1,
 *
 * <pre>l_i = (1/mu) sum over j=1..i of log L_{k-j},   L_1 = H_B,   L_m = 1 + log L_{m-1},</pre>
 *
 * with H_B = 1 + 1/2 + ... + 1/B. At its minimum the bound is L_k / mu (our T9), so Corollary A.1.1
 * in its corrected and simplest form says throughput &ge; B mu / L_k; the corollary's printed sums
 * have wrong indices. Lengths are in the workload's unit.
 */
public record ExponentialBins() implements BoundaryRule {
  @Override
  public String name() {
    return "exponential";
  }

  @Override
  public String description() {
    return "minimises the paper's bound on the mean batch time, Lemma A.1; exponential law only";
  }

  /** Its boundaries have the density of {@link SqrtDensity} for many bins (our T9). */
  @Override
  public TheoryResult limitingLoss(Law law, int batchSize) {
    return LossBounds.optimalLimit(law, 1, batchSize);
  }

  @Override
  public BinBoundaries boundaries(Law law, int bins, int batchSize) {
    BoundaryRules.requireCounts(bins, batchSize);
    double rate = rate(law);
    if (batchSize == 1 && bins > 1) {
      throw new IllegalArgumentException(
          "the boundaries of Lemma A.1 need a batch size of at least 2: a batch of one waits for"
              + " nobody, so bins change nothing");
    }
    double[] inner = new double[bins - 1];
    double sum = 0;
    for (int i = 1; i < bins; i++) {
      sum += Math.log(recursion(bins - i, batchSize));
      inner[i - 1] = sum / rate;
    }
    return BinBoundaries.of(inner);
  }

  private static double rate(Law law) {
    return law.exponentialRate()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the boundaries of Lemma A.1 need an exponential law, found "
                        + law
                        + ": use equal-mass"));
  }

  /**
   * L_m of Lemma A.1: with m bins, mean batch length times mu is at most this.
   *
   * @param m index, at least 1
   * @param batchSize number of requests in a batch B, at least 1
   * @throws IllegalArgumentException if a number is less than 1
   */
  public static double recursion(int m, int batchSize) {
    BoundaryRules.requireCounts(m, batchSize);
    double value = 0;
    for (int j = batchSize; j >= 1; j--) {
      value += 1.0 / j;
    }
    for (int j = 1; j < m; j++) {
      value = 1 + Math.log(value);
    }
    return value;
  }

  /**
   * Upper bound L_k / mu on the mean batch length with these boundaries, in the unit of the law.
   *
   * @throws IllegalArgumentException if a number is less than 1 or the law is not known to be
   *     exponential
   */
  public static TheoryResult meanBatchLength(Law law, int bins, int batchSize) {
    return TheoryResult.upperBound(
        recursion(bins, batchSize) / rate(law), "Lemma A.1, eq. (27) at its minimum, T9");
  }

  /**
   * Lower bound c B / S(B, L_k / mu) on the capacity with these boundaries, in requests per second:
   * Corollary A.1.1, corrected; B mu / L_k for one server whose seconds are the lengths.
   *
   * @param servers number of servers c
   * @throws IllegalArgumentException if a number is less than 1 or the law is not known to be
   *     exponential
   */
  public static TheoryResult capacity(
      Law law, int bins, int batchSize, BatchTime service, int servers) {
    double seconds = service.seconds(batchSize, meanBatchLength(law, bins, batchSize).value());
    return TheoryResult.lowerBound(
        (double) servers * batchSize / seconds, "Cor. A.1.1 corrected, T9");
  }

  /**
   * A number of bins with these boundaries that suffices for a capacity of at least c_max -
   * epsilon, with H the harmonic number H_B and d the loss, in lengths, that the target leaves:
   * max(1, ceil(1 + (5+H)/3 (1/(mu d) - 1/(H-1)))), from L_k - 1 &le; 1 / (1/(H-1) + 3 (k-1) /
   * (5+H)) (our T9). An upper bound of the smallest number.
   *
   * @param epsilon wanted distance from c_max, requests per second, positive
   * @throws IllegalArgumentException if epsilon is not positive, a number is less than 1 or the law
   *     is not known to be exponential
   */
  public static TheoryResult sufficientBins(
      Law law, int batchSize, double epsilon, BatchTime service, int servers) {
    double target = EnoughBins.target(law, batchSize, epsilon, service, servers);
    double harmonic = recursion(1, batchSize);
    double loss =
        ((double) servers * batchSize / target - service.seconds(batchSize, law.mean()))
            / service.secondsPerUnit(batchSize);
    double bins = 1 + (5 + harmonic) / 3 * (1 / (rate(law) * loss) - 1 / (harmonic - 1));
    return TheoryResult.upperBound(
        target <= 0 || batchSize == 1 ? 1 : EnoughBins.wholeBins(bins),
        "T9, exponential form of Thm 4.3");
  }
}
