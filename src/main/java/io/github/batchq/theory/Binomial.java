package io.github.batchq.theory;

import org.apache.commons.math3.special.Gamma;

/** The binomial laws of a number of trials, by their logarithms. */
final class Binomial {
  private final double[] logChoose;

  /**
   * @param trials at least 0
   */
  Binomial(int trials) {
    this.logChoose = new double[trials + 1];
    for (int j = 0; j <= trials; j++) {
      logChoose[j] =
          Gamma.logGamma(trials + 1.0) - Gamma.logGamma(j + 1.0) - Gamma.logGamma(trials - j + 1.0);
    }
  }

  /**
   * The probabilities of 0, 1, ... successes.
   *
   * @param success the chance of one
   * @param failure 1 minus that, with all its digits
   */
  double[] law(double success, double failure) {
    int trials = logChoose.length - 1;
    double logSuccess = Math.log(success);
    double logFailure = Math.log(failure);
    double[] law = new double[logChoose.length];
    for (int j = 0; j <= trials; j++) {
      double powers = (j == 0 ? 0 : j * logSuccess) + (j == trials ? 0 : (trials - j) * logFailure);
      law[j] = Math.exp(logChoose[j] + powers);
    }
    return law;
  }
}
