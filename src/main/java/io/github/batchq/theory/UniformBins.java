package io.github.batchq.theory;

import io.github.batchq.random.Law;

/**
 * Closed forms for the uniform law on [l_min, l_max] with k optimal bins (equal masses, Lemma 4.1
 * of arXiv:2412.04504). With m = (l_min + l_max) / 2 and the excess of one bin e = B/(B+1) l_max +
 * 1/(B+1) l_min - m = (B-1) (l_max - l_min) / (2 (B+1)),
 *
 * <pre>E_k = m + e / k.</pre>
 */
public final class UniformBins {
  private UniformBins() {}

  /**
   * Mean batch length E_k = m + e / k, in the unit of the law.
   *
   * @throws IllegalArgumentException if a number is less than 1 or the law is not known to be
   *     uniform
   */
  public static TheoryResult meanBatchLength(Law law, int bins, int batchSize) {
    BoundaryRules.requireCounts(bins, batchSize);
    return TheoryResult.exact(law.mean() + excess(law, batchSize) / bins, "Thm 4.2");
  }

  /**
   * Capacity c B / (offset + secondsPerUnit * E_k), in requests per second: Theorem 4.2 with c
   * servers.
   *
   * @throws IllegalArgumentException if a number is less than 1 or the law is not known to be
   *     uniform
   */
  public static TheoryResult capacity(
      Law law, int bins, int batchSize, BatchTime service, int servers) {
    double seconds = service.seconds(batchSize, meanBatchLength(law, bins, batchSize).value());
    return TheoryResult.exact((double) servers * batchSize / seconds, "Thm 4.2, eq. (4)");
  }

  /**
   * The smallest number of bins whose capacity is at least c_max - epsilon: Theorem 4.3, eq. (6),
   * which is max(1, ceil((c_max - epsilon) e / (epsilon m))), here with c servers and affine
   * service: e becomes secondsPerUnit * e, and m becomes offset + secondsPerUnit * m. The paper
   * leaves out the maximum with 1, which is needed where epsilon is c_max or more.
   *
   * @param epsilon wanted distance from c_max, requests per second, positive
   * @throws IllegalArgumentException if epsilon is not positive, a number is less than 1 or the law
   *     is not known to be uniform
   */
  public static TheoryResult smallestBins(
      Law law, int batchSize, double epsilon, BatchTime service, int servers) {
    BoundaryRules.requireCounts(1, batchSize);
    return TheoryResult.exact(
        EnoughBins.count(law, batchSize, epsilon, service, servers, excess(law, batchSize)),
        "Thm 4.3, eq. (6), at least 1");
  }

  private static double excess(Law law, int batchSize) {
    if (!law.isUniform()) {
      throw new IllegalArgumentException("Theorem 4.2 needs a uniform law, found " + law);
    }
    return (batchSize - 1) * (law.upper() - law.lower()) / (2 * (batchSize + 1.0));
  }
}
