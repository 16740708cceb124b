package io.github.batchq.theory;

import io.github.batchq.random.Law;

/**
 * A law that batchq does not know, by the recipe of docs/extending.md: what a Pareto law has beyond
 * its smallest value. It says nothing of itself beyond its distribution.
 *
 * @param shape tail exponent, positive
 * @param scale positive
 */
record Lomax(double shape, double scale) implements Law {
  @Override
  public double cdf(double x) {
    return x <= 0 ? 0 : -Math.expm1(-shape * Math.log1p(x / scale));
  }

  @Override
  public double survival(double x) {
    return x <= 0 ? 1 : Math.exp(-shape * Math.log1p(x / scale));
  }

  @Override
  public double density(double x) {
    return x < 0 ? 0 : shape / scale * Math.exp(-(shape + 1) * Math.log1p(x / scale));
  }

  @Override
  public double quantile(double p) {
    return p == 1 ? Double.POSITIVE_INFINITY : scale * Math.expm1(-Math.log1p(-p) / shape);
  }

  @Override
  public double upperQuantile(double q) {
    return q == 0 ? Double.POSITIVE_INFINITY : scale * Math.expm1(-Math.log(q) / shape);
  }

  @Override
  public double mean() {
    return shape <= 1 ? Double.POSITIVE_INFINITY : scale / (shape - 1);
  }

  @Override
  public double variance() {
    return shape <= 2
        ? Double.POSITIVE_INFINITY
        : scale * scale * shape / ((shape - 1) * (shape - 1) * (shape - 2));
  }

  @Override
  public double lower() {
    return 0;
  }

  @Override
  public double upper() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public String toString() {
    return "lomax(" + shape + "," + scale + ")";
  }
}
