package io.github.batchq.theory;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Adaptive Gauss-Legendre quadrature of a nonnegative integrand that is smooth inside its panels. A
 * panel is halved until the sum of its halves agrees with the panel; the halves are far more exact
 * than that difference shows.
 */
final class Quadrature {
  private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(16);
  private static final int DEEPEST = 60;

  /** Relative agreement at which a panel, or the sum over ever wider panels, is accepted. */
  private static final double TOLERANCE = 1e-13;

  /** Largest share of a panel that may be rounding errors. */
  private static final double NOISE = 1e-12;

  /** Ratio of the ends of a panel above which it is divided, and ratio of the parts. */
  private static final double WIDEST = 1e4;

  private static final double DIVISION = 16;

  private final DoubleUnaryOperator integrand;
  private final double rounding;

  /**
   * @param integrand the integrand
   * @param rounding absolute rounding error of the integrand: no panel is halved to chase it, as
   *     far as it is less than {@value #NOISE} of the panel
   */
  Quadrature(DoubleUnaryOperator integrand, double rounding) {
    this.integrand = integrand;
    this.rounding = rounding;
  }

  /**
   * Integral over consecutive panels.
   *
   * @param panels edges of the panels, increasing
   * @param offset the number to which the integral is going to be added: the error is relative to
   *     the sum
   */
  double over(double[] panels, double offset) {
    double[] edges = divided(panels);
    double[] coarse = new double[edges.length];
    double scale = offset;
    for (int i = 1; i < edges.length; i++) {
      coarse[i] = gauss(edges[i - 1], edges[i]);
      scale += coarse[i];
    }
    double sum = 0;
    for (int i = 1; i < edges.length; i++) {
      sum += refine(edges[i - 1], edges[i], coarse[i], TOLERANCE * scale, 0);
    }
    return sum;
  }

  /** Panels that span orders of magnitude are divided: a heavy tail has as much in each of them. */
  private static double[] divided(double[] panels) {
    DoubleStream.Builder edges = DoubleStream.builder();
    edges.add(panels[0]);
    for (int i = 1; i < panels.length; i++) {
      if (panels[i - 1] > 0 && panels[i] / panels[i - 1] > WIDEST) {
        for (double x = panels[i - 1] * DIVISION; x < panels[i]; x *= DIVISION) {
          edges.add(x);
        }
      }
      edges.add(panels[i]);
    }
    return edges.build().toArray();
  }

  /**
   * Integral from {@code from} to infinity over panels [x, 2x]. The contributions of a power tail
   * become a geometric sequence, those of a lighter tail fall faster; the sum of the geometric
   * sequence through the last two of them is added, and the sum is accepted when it has stopped
   * moving.
   *
   * @param from start, positive
   * @param before the sum to which the integral is going to be added
   * @throws IllegalArgumentException if the sum never stops moving
   */
  double toInfinity(double from, double before) {
    double sum = 0;
    double last = Double.NaN;
    double limit = Double.NaN;
    int settled = 0;
    for (double x = from; x < Double.MAX_VALUE / 4; x *= 2) {
      double panel = refine(x, 2 * x, gauss(x, 2 * x), TOLERANCE * (before + sum), 0);
      sum += panel;
      double ratio = panel / last;
      double next = panel == 0 ? sum : ratio < 1 ? sum + panel * ratio / (1 - ratio) : Double.NaN;
      settled = Math.abs(next - limit) <= TOLERANCE * (before + sum) ? settled + 1 : 0;
      if (settled == 2) {
        return next;
      }
      last = panel;
      limit = next;
    }
    throw new IllegalArgumentException(
        "the integral over the upper tail does not converge: the tail is too heavy");
  }

  private double refine(double a, double b, double whole, double tolerance, int depth) {
    double middle = a + (b - a) / 2;
    double left = gauss(a, middle);
    double right = gauss(middle, b);
    double sum = left + right;
    double noise = Math.min(rounding * (b - a), NOISE * Math.abs(sum));
    if (Math.abs(sum - whole) <= tolerance + noise || depth == DEEPEST) {
      return sum;
    }
    return refine(a, middle, left, tolerance, depth + 1)
        + refine(middle, b, right, tolerance, depth + 1);
  }

  private double gauss(double a, double b) {
    double half = (b - a) / 2;
    double middle = a + half;
    double sum = 0;
    for (int i = 0; i < RULE.getNumberOfPoints(); i++) {
      sum += RULE.getWeight(i) * integrand.applyAsDouble(middle + half * RULE.getPoint(i));
    }
    return half * sum;
  }
}
