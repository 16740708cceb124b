package io.github.batchq.random;

import static io.github.batchq.random.Parameters.call;
import static io.github.batchq.random.Parameters.requireProbability;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import java.util.function.DoubleUnaryOperator;

/**
 * The Pareto law (type I) with survival function (scale/x)^shape for x &ge; scale. It starts at
 * {@code scale}, unlike the Lomax law, which starts at 0. The mean is infinite for shape &le; 1,
 * the variance for shape &le; 2.
 *
 * <p>Sampled by inversion, scale (1 - u)^(-1/shape).
 *
 * @param shape tail exponent, positive
 * @param scale smallest value, positive
 */
public record Pareto(
    @Key(
            about = "tail exponent; the mean is infinite up to 1, the variance up to 2",
            unit = "1",
            range = "positive, finite",
            example = "2.5")
        double shape,
    @Key(
            about = "smallest value",
            unit = "that of the law",
            range = "positive, finite",
            example = "6")
        double scale)
    implements Law {
  public Pareto {
    Require.ARGUMENT.positiveFinite("shape", shape);
    Require.ARGUMENT.positiveFinite("scale", scale);
  }

  @Override
  public double cdf(double x) {
    return x <= scale ? 0 : -Math.expm1(-shape * Math.log1p((x - scale) / scale));
  }

  @Override
  public double survival(double x) {
    return x <= scale ? 1 : Math.pow(scale / x, shape);
  }

  @Override
  public double density(double x) {
    return x < scale ? 0 : shape / x * Math.pow(scale / x, shape);
  }

  @Override
  public double quantile(double p) {
    requireProbability(p);
    return scale * Math.exp(-Math.log1p(-p) / shape);
  }

  @Override
  public double upperQuantile(double q) {
    requireProbability(q);
    return scale * Math.pow(q, -1 / shape);
  }

  @Override
  public double mean() {
    return shape <= 1 ? Double.POSITIVE_INFINITY : shape / (shape - 1) * scale;
  }

  @Override
  public double variance() {
    if (shape <= 2) {
      return Double.POSITIVE_INFINITY;
    }
    double ratio = scale / (shape - 1);
    return ratio * ratio * (shape / (shape - 2));
  }

  @Override
  public boolean momentDiverges(int order) {
    return shape <= order;
  }

  @Override
  public double lower() {
    return scale;
  }

  @Override
  public double upper() {
    return Double.POSITIVE_INFINITY;
  }

  @Override
  public DoubleUnaryOperator transform() {
    double power = -1 / shape;
    return u -> scale * Math.exp(power * Math.log(1 - u));
  }

  @Override
  public boolean hasFallingDensity() {
    return true;
  }

  @Override
  public DensityRoot densityRoot() {
    double excess = shape - 1;
    return excess > 0
        ? DensityRoot.of(4 * shape * scale / (excess * excess), new Pareto(excess / 2, scale))
        : DensityRoot.INFINITE;
  }

  @Override
  public String toString() {
    return call("pareto", shape, scale);
  }
}
