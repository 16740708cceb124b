package io.github.batchq.random;

import java.util.function.DoubleSupplier;
import umontreal.ssj.rng.RandomStream;

/**
 * The exponential law with density rate exp(-rate x).
 *
 * <p>Sampled by inversion, -log(1 - u) / rate. SSJ's {@code ExponentialGen} computes the same
 * through {@code log1p}, which the JVM does not turn into a machine instruction as it does {@code
 * log}.
 *
 * @param rate 1 / mean, positive
 */
public record Exponential(double rate) implements Law {
  /** Checks the parameter. */
  public Exponential {
    if (!(rate > 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException("rate must be positive and finite, found " + rate);
    }
  }

  @Override
  public double cdf(double x) {
    return x <= 0 ? 0 : -Math.expm1(-rate * x);
  }

  @Override
  public double survival(double x) {
    return x <= 0 ? 1 : Math.exp(-rate * x);
  }

  @Override
  public double density(double x) {
    return x < 0 ? 0 : rate * Math.exp(-rate * x);
  }

  @Override
  public double quantile(double p) {
    return -Math.log1p(-p) / rate;
  }

  @Override
  public double mean() {
    return 1 / rate;
  }

  @Override
  public double variance() {
    return 1 / (rate * rate);
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
  public DoubleSupplier sampler(RandomStream stream) {
    double scale = -1 / rate;
    return () -> scale * Math.log(1 - stream.nextDouble());
  }
}
