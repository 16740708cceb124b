package io.github.batchq.random;

import static io.github.batchq.random.Parameters.call;
import static io.github.batchq.random.Parameters.requireProbability;
import static org.apache.commons.math3.special.Gamma.logGamma;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * The Weibull law with density (shape/scale) (x/scale)^(shape-1) exp(-(x/scale)^shape). The second
 * parameter is the scale in the unit of x, not the factor scale^(-shape) that some books write.
 *
 * <p>Sampled by inversion, scale (-log(1 - u))^(1/shape).
 *
 * @param shape exponent, positive; below 1 the tail is heavier than exponential
 * @param scale the x that is exceeded with probability 1/e, positive
 */
public record Weibull(
    @Key(
            about = "exponent; below 1 the tail is heavier than exponential",
            unit = "1",
            range = "positive, finite",
            example = "0.8")
        double shape,
    @Key(
            about = "value that is exceeded with probability 1/e",
            unit = "that of the law",
            range = "positive, finite",
            example = "10")
        double scale)
    implements Law {
  public Weibull {
    Require.ARGUMENT.positiveFinite("shape", shape);
    Require.ARGUMENT.positiveFinite("scale", scale);
  }

  @Override
  public double cdf(double x) {
    return x <= 0 ? 0 : -Math.expm1(-Math.pow(x / scale, shape));
  }

  @Override
  public double survival(double x) {
    return x <= 0 ? 1 : Math.exp(-Math.pow(x / scale, shape));
  }

  @Override
  public double density(double x) {
    if (x < 0 || Double.isInfinite(x)) {
      return 0;
    }
    double z = x / scale;
    return shape / scale * Math.pow(z, shape - 1) * Math.exp(-Math.pow(z, shape));
  }

  @Override
  public double quantile(double p) {
    requireProbability(p);
    return scale * Math.pow(-Math.log1p(-p), 1 / shape);
  }

  @Override
  public double upperQuantile(double q) {
    requireProbability(q);
    return scale * Math.pow(0 - Math.log(q), 1 / shape);
  }

  @Override
  public double mean() {
    return scale * Math.exp(logMoment(1));
  }

  /** scale^2 (Gamma(1 + 2/shape) - Gamma(1 + 1/shape)^2), without the cancellation. */
  @Override
  public double variance() {
    double mean = mean();
    return mean * mean * Math.expm1(logMoment(2) - 2 * logMoment(1));
  }

  /** log E (X/scale)^n = log Gamma(1 + n/shape). */
  private double logMoment(int n) {
    double h = n / shape;
    return h <= 1.5
        ? org.apache.commons.math3.special.Gamma.logGamma1p(h)
        : org.apache.commons.math3.special.Gamma.logGamma(1 + h);
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
  public DoubleUnaryOperator transform() {
    double power = 1 / shape;
    return u -> scale * Math.pow(-Math.log(1 - u), power);
  }

  @Override
  public OptionalDouble exponentialRate() {
    return shape == 1 ? OptionalDouble.of(1 / scale) : OptionalDouble.empty();
  }

  @Override
  public boolean hasFallingDensity() {
    return shape == 1;
  }

  /** The root is a power of a gamma law's, for which there is no name. */
  @Override
  public DensityRoot densityRoot() {
    double logSquare = (shape + 1) / shape * Math.log(2) + 2 * logGamma((shape + 1) / (2 * shape));
    return DensityRoot.of(scale / shape * Math.exp(logSquare), null);
  }

  @Override
  public String toString() {
    return call("weibull", shape, scale);
  }
}
