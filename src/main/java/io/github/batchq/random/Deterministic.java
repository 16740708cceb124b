package io.github.batchq.random;

import static io.github.batchq.random.Parameters.call;
import static io.github.batchq.random.Parameters.requireProbability;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import java.util.function.DoubleUnaryOperator;
import umontreal.ssj.rng.RandomStream;

/**
 * The law that always gives the same value. Its sampler takes no number from the stream.
 *
 * @param value the value, finite and at least 0
 */
public record Deterministic(
    @Key(
            about = "the value",
            unit = "that of the law",
            range = "finite, at least 0",
            example = "12")
        double value)
    implements Law {
  public Deterministic {
    Require.ARGUMENT.notNegativeFinite("value", value);
  }

  @Override
  public double cdf(double x) {
    return x >= value ? 1 : 0;
  }

  @Override
  public double survival(double x) {
    return x >= value ? 0 : 1;
  }

  @Override
  public double atLeast(double x) {
    return x > value ? 0 : 1;
  }

  @Override
  public double density(double x) {
    return x == value ? 1 : 0;
  }

  @Override
  public double quantile(double p) {
    requireProbability(p);
    return value;
  }

  @Override
  public double upperQuantile(double q) {
    requireProbability(q);
    return value;
  }

  @Override
  public double mean() {
    return value;
  }

  @Override
  public double variance() {
    return 0;
  }

  @Override
  public double lower() {
    return value;
  }

  @Override
  public double upper() {
    return value;
  }

  @Override
  public double[] breakpoints() {
    return new double[] {value};
  }

  @Override
  public DoubleUnaryOperator transform() {
    return u -> value;
  }

  @Override
  public Sampler sampler(RandomStream stream) {
    return () -> value;
  }

  @Override
  public String toString() {
    return call("deterministic", value);
  }
}
