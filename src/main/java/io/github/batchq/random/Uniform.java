package io.github.batchq.random;

import java.util.function.DoubleSupplier;
import umontreal.ssj.rng.RandomStream;

/**
 * The uniform law on [min, max].
 *
 * @param min left end, at least 0
 * @param max right end, greater than {@code min}
 */
public record Uniform(double min, double max) implements Law {
  /** Checks the parameters. */
  public Uniform {
    if (!(min >= 0)) {
      throw new IllegalArgumentException("min must be at least 0, found " + min);
    }
    if (!(max > min) || Double.isInfinite(max)) {
      throw new IllegalArgumentException("max must be finite and greater than min, found " + max);
    }
  }

  @Override
  public double cdf(double x) {
    return x <= min ? 0 : x >= max ? 1 : (x - min) / (max - min);
  }

  @Override
  public double survival(double x) {
    return x <= min ? 1 : x >= max ? 0 : (max - x) / (max - min);
  }

  @Override
  public double density(double x) {
    return x < min || x > max ? 0 : 1 / (max - min);
  }

  @Override
  public double quantile(double p) {
    return min + p * (max - min);
  }

  @Override
  public double mean() {
    return (min + max) / 2;
  }

  @Override
  public double variance() {
    return (max - min) * (max - min) / 12;
  }

  @Override
  public double lower() {
    return min;
  }

  @Override
  public double upper() {
    return max;
  }

  @Override
  public DoubleSupplier sampler(RandomStream stream) {
    double width = max - min;
    return () -> min + width * stream.nextDouble();
  }
}
