package io.github.batchq.random;

import static io.github.batchq.random.Parameters.call;
import static io.github.batchq.random.Parameters.requireProbability;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import java.util.function.DoubleUnaryOperator;
import umontreal.ssj.rng.RandomStream;

/**
 * The uniform law on [min, max], with density 1/(max - min).
 *
 * @param min left end, at least 0
 * @param max right end, greater than {@code min}
 */
public record Uniform(
    @Key(about = "left end", unit = "that of the law", range = "at least 0, finite", example = "1")
        double min,
    @Key(
            about = "right end",
            unit = "that of the law",
            range = "greater than min, finite",
            example = "20")
        double max)
    implements Law {
  public Uniform {
    Require.ARGUMENT.notNegative("min", min);
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
    requireProbability(p);
    return p < 0.5 ? min + p * (max - min) : max - (1 - p) * (max - min);
  }

  @Override
  public double upperQuantile(double q) {
    requireProbability(q);
    return q < 0.5 ? max - q * (max - min) : min + (1 - q) * (max - min);
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
  public DoubleUnaryOperator transform() {
    double width = max - min;
    return u -> min + width * u;
  }

  /** The default in one piece, which costs the JVM one call less for each draw. */
  @Override
  public Sampler sampler(RandomStream stream) {
    double width = max - min;
    return new Sampler() {
      @Override
      public double getAsDouble() {
        return min + width * stream.nextDouble();
      }

      @Override
      public void fill(double[] values, int size) {
        stream.nextArrayOfDouble(values, 0, size);
        for (int i = 0; i < size; i++) {
          values[i] = min + width * values[i];
        }
      }
    };
  }

  @Override
  public boolean isUniform() {
    return true;
  }

  @Override
  public boolean hasFallingDensity() {
    return true;
  }

  @Override
  public DensityRoot densityRoot() {
    return DensityRoot.of(max - min, this);
  }

  @Override
  public String toString() {
    return call("uniform", min, max);
  }
}
