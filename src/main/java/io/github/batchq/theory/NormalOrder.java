package io.github.batchq.theory;

import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Gamma;
import umontreal.ssj.probdist.NormalDist;

/**
 * The j-th smallest of N standard normal variables any two of which have the same correlation rho:
 * sqrt(rho) Y + sqrt(1 - rho) Z, with Y normal and Z the j-th smallest of N independent ones. Its
 * survival function is one integral, over Y for rho &le; 1/2 and over Z beyond, where what stands
 * under it varies slowly. That is log-concave and analytic, so the trapezoidal rule converges
 * geometrically; it is summed from its peak outwards, and far tails keep their digits.
 */
final class NormalOrder {
  private static final double STEP = 1.0 / 16;

  /** Beyond this a normal variable has no probability that a double could hold. */
  private static final int FARTHEST = 38;

  private static final int POINTS = (int) (2 * FARTHEST / STEP) + 1;

  /** Terms below this share of the sum end it. */
  private static final double NEGLIGIBLE = 1e-18;

  private static final double LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

  private final int number;
  private final int place;
  private final double common;
  private final double own;

  /** Weights of the points of Y, or of Z. */
  private final double[] weights = new double[POINTS];

  private final int peak;

  /**
   * @param number N, at least 1
   * @param place j, from 1 to N
   * @param correlation rho, from 0 to 1
   */
  NormalOrder(int number, int place, double correlation) {
    this.number = number;
    this.place = place;
    this.common = Math.sqrt(correlation);
    this.own = Math.sqrt(1 - correlation);
    int highest = 0;
    for (int i = 0; i < POINTS; i++) {
      double x = point(i);
      double density = -0.5 * x * x - LOG_ROOT_TWO_PI;
      weights[i] = STEP * Math.exp(overCommon() ? density : density + logOrder(x));
      highest = weights[i] > weights[highest] ? i : highest;
    }
    this.peak = highest;
  }

  private boolean overCommon() {
    return common <= own;
  }

  private static double point(int i) {
    return i * STEP - FARTHEST;
  }

  /** Log of the density of the j-th smallest of N over that of one. */
  private double logOrder(double x) {
    double shorter = place - 1.0;
    double longer = number - (double) place;
    return Gamma.logGamma(number + 1.0)
        - Gamma.logGamma(place)
        - Gamma.logGamma(longer + 1)
        + (shorter == 0 ? 0 : shorter * Math.log(NormalDist.cdf01(x)))
        + (longer == 0 ? 0 : longer * Math.log(NormalDist.barF01(x)));
  }

  /** P(the j-th smallest is above z). */
  double exceeds(double z) {
    if (own == 0) {
      return NormalDist.barF01(z);
    }
    if (common == 0) {
      return ofOne(NormalDist.barF01(z), number, place);
    }
    if (z >= FARTHEST) {
      return 0;
    }
    int from = Math.max(peak, (int) ((FARTHEST + (overCommon() ? common : own) * z) / STEP));
    int top = Math.min(from, POINTS - 1);
    double most = term(top, z);
    for (double next = term(top - 1, z); top > 1 && next > most; next = term(top - 1, z)) {
      most = next;
      top--;
    }
    double sum = most;
    for (int i = top + 1; i < POINTS; i++) {
      double term = term(i, z);
      sum += term;
      if (term < NEGLIGIBLE * sum) {
        break;
      }
    }
    for (int i = top - 1; i >= 0; i--) {
      double term = term(i, z);
      sum += term;
      if (term < NEGLIGIBLE * sum) {
        break;
      }
    }
    return Math.min(1, sum);
  }

  private double term(int i, double z) {
    double x = point(i);
    double above =
        overCommon()
            ? ofOne(NormalDist.barF01((z - common * x) / own), number, place)
            : NormalDist.barF01((z - own * x) / common);
    return weights[i] * above;
  }

  /**
   * P(the j-th smallest of N independent draws is above x) where one draw is with this probability.
   */
  static double ofOne(double above, int number, int place) {
    if (place == number) {
      return -Math.expm1(number * Math.log1p(-above));
    }
    return place == 1
        ? Math.pow(above, number)
        : Beta.regularizedBeta(above, number - place + 1.0, place);
  }
}
