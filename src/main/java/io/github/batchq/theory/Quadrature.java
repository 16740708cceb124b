package io.github.batchq.theory;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Adaptive Gauss-Legendre quadrature: a panel is halved until halving it changes its integral by
 * less than {@value #TOLERANCE} of the scale. The error left is far smaller, since the halves are
 * what is kept.
 */
final class Quadrature {
  private static final int NODES = 20;
  private static final double TOLERANCE = 1e-13;

  private static final double[] NODE = new double[NODES];
  private static final double[] WEIGHT = new double[NODES];

  static {
    GaussIntegrator rule = new GaussIntegratorFactory().legendreHighPrecision(NODES);
    for (int i = 0; i < NODES; i++) {
      NODE[i] = rule.getPoint(i);
      WEIGHT[i] = rule.getWeight(i);
    }
  }

  private Quadrature() {}

  /**
   * The integral of a function over [from, to].
   *
   * @param function bounded and without jumps in the open interval
   * @param scale size of the sum that the integral becomes a part of, in units of the integral; 0
   *     where it stands alone
   */
  static double integrate(DoubleUnaryOperator function, double from, double to, double scale) {
    double whole = panel(function, from, to);
    return refine(function, from, to, whole, TOLERANCE * Math.max(scale, Math.abs(whole)));
  }

  private static double refine(
      DoubleUnaryOperator function, double from, double to, double whole, double tolerance) {
    double middle = from + (to - from) / 2;
    double left = panel(function, from, middle);
    double right = panel(function, middle, to);
    if (Math.abs(left + right - whole) <= tolerance || middle <= from || middle >= to) {
      return left + right;
    }
    return refine(function, from, middle, left, tolerance)
        + refine(function, middle, to, right, tolerance);
  }

  private static double panel(DoubleUnaryOperator function, double from, double to) {
    double half = (to - from) / 2;
    double middle = from + half;
    double sum = 0;
    for (int i = 0; i < NODES; i++) {
      sum += WEIGHT[i] * function.applyAsDouble(middle + half * NODE[i]);
    }
    return half * sum;
  }
}
