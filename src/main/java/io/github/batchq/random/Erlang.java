package io.github.batchq.random;

import static io.github.batchq.random.Parameters.call;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;

/**
 * The Erlang law: the sum of {@code stages} independent exponential times of the same rate, that is
 * the gamma law with shape {@code stages} and scale 1/rate. The parameter is the rate of one stage,
 * so the mean is stages/rate. Accuracy and sampling are those of {@link Gamma}.
 *
 * @param stages number of stages, at least 1
 * @param rate rate of each stage, positive
 */
public record Erlang(
    @Key(about = "number of stages", unit = "1", range = "at least 1", example = "3") int stages,
    @Key(
            about = "rate of each stage, stages / mean",
            unit = "1 / unit of the law",
            range = "positive, finite",
            example = "0.3")
        double rate)
    implements Law {
  public Erlang {
    Require.ARGUMENT.atLeast("stages", stages, 1);
    Require.ARGUMENT.positiveFinite("rate", rate);
  }

  private Gamma gamma() {
    return new Gamma(stages, 1 / rate);
  }

  @Override
  public double cdf(double x) {
    return gamma().cdf(x);
  }

  @Override
  public double survival(double x) {
    return gamma().survival(x);
  }

  @Override
  public double density(double x) {
    return gamma().density(x);
  }

  @Override
  public double quantile(double p) {
    return gamma().quantile(p);
  }

  @Override
  public double upperQuantile(double q) {
    return gamma().upperQuantile(q);
  }

  @Override
  public double mean() {
    return stages / rate;
  }

  @Override
  public double variance() {
    return stages / (rate * rate);
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
    return gamma().transform();
  }

  @Override
  public OptionalDouble exponentialRate() {
    return stages == 1 ? OptionalDouble.of(rate) : OptionalDouble.empty();
  }

  @Override
  public boolean hasFallingDensity() {
    return stages == 1;
  }

  @Override
  public DensityRoot densityRoot() {
    return gamma().densityRoot();
  }

  @Override
  public String toString() {
    return call("erlang", stages, rate);
  }
}
