package io.github.batchq.theory;

/** The law of n mod B for a binomial n. */
final class BinomialRemainder {
  private BinomialRemainder() {}

  /**
   * P(n mod B = r) for r = 0..B-1 and n ~ Binomial(N, p), from the characteristic function at the
   * B-th roots of unity w^j: (1/B) sum_j w^(-jr) (1 - p + p w^j)^N. Absolute error about 1e-16 N.
   */
  static double[] of(long trials, double probability, int modulus) {
    double[] remainder = new double[modulus];
    if (probability >= 1) {
      remainder[(int) (trials % modulus)] = 1;
      return remainder;
    }
    for (int j = 0; j < modulus; j++) {
      double angle = 2 * Math.PI * j / modulus;
      double sine = Math.sin(angle / 2);
      double shrink = -4 * probability * (1 - probability) * sine * sine;
      double modulusOfPower = Math.exp(trials * Math.log1p(shrink) / 2);
      double argument =
          trials * Math.atan2(probability * Math.sin(angle), 1 - 2 * probability * sine * sine);
      for (int r = 0; r < modulus; r++) {
        remainder[r] +=
            modulusOfPower * Math.cos(argument - 2 * Math.PI * ((long) j * r % modulus) / modulus);
      }
    }
    for (int r = 0; r < modulus; r++) {
      remainder[r] = Math.max(0, remainder[r] / modulus);
    }
    return remainder;
  }
}
