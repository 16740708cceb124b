package io.github.batchq.random;

import static io.github.batchq.random.Parameters.call;
import static io.github.batchq.random.Parameters.requireProbability;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import umontreal.ssj.rng.RandomStream;

/**
 * The exponential law with density rate exp(-rate x). The parameter is the rate, not the mean.
 *
 * <p>Sampled by inversion, -log(1 - u) / rate. SSJ's {@code ExponentialGen} computes the same
 * through {@code log1p}, which the JVM does not turn into a machine instruction as it does {@code
 * log}.
 *
 * @param rate 1 / mean, positive
 */
public record Exponential(
    @Key(
            about = "1 / mean",
            unit = "1 / unit of the law",
            range = "positive, finite",
            example = "0.1")
        double rate)
    implements Law {
  public Exponential {
    Require.ARGUMENT.positiveFinite("rate", rate);
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
    requireProbability(p);
    return -Math.log1p(-p) / rate;
  }

  @Override
  public double upperQuantile(double q) {
    requireProbability(q);
    return 0 - Math.log(q) / rate;
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
  public DoubleUnaryOperator transform() {
    double scale = -1 / rate;
    return u -> scale * Math.log(1 - u);
  }

  /** The default in one piece, which costs the JVM one call less for each draw. */
  @Override
  public Sampler sampler(RandomStream stream) {
    double scale = -1 / rate;
    return new Sampler() {
      @Override
      public double getAsDouble() {
        return scale * Math.log(1 - stream.nextDouble());
      }

      @Override
      public void fill(double[] values, int size) {
        stream.nextArrayOfDouble(values, 0, size);
        for (int i = 0; i < size; i++) {
          values[i] = scale * Math.log(1 - values[i]);
        }
      }
    };
  }

  @Override
  public OptionalDouble exponentialRate() {
    return OptionalDouble.of(rate);
  }

  @Override
  public boolean hasFallingDensity() {
    return true;
  }

  @Override
  public DensityRoot densityRoot() {
    return DensityRoot.of(4 / rate, new Exponential(rate / 2));
  }

  @Override
  public String toString() {
    return call("exponential", rate);
  }
}
