package io.github.batchq.random;

import io.github.batchq.model.Require;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import umontreal.ssj.rng.RandomStream;

/**
 * The law of a multiple of what another law has.
 *
 * @param law of X
 * @param factor f of f X, positive and finite
 */
public record Scaled(Law law, double factor) implements Law {
  public Scaled {
    Require.ARGUMENT.positiveFinite("factor", factor);
  }

  @Override
  public double cdf(double x) {
    return law.cdf(x / factor);
  }

  @Override
  public double survival(double x) {
    return law.survival(x / factor);
  }

  @Override
  public double atLeast(double x) {
    return law.atLeast(x / factor);
  }

  @Override
  public double density(double x) {
    return law.density(x / factor) / factor;
  }

  @Override
  public double quantile(double p) {
    return factor * law.quantile(p);
  }

  @Override
  public double upperQuantile(double q) {
    return factor * law.upperQuantile(q);
  }

  @Override
  public double mean() {
    return factor * law.mean();
  }

  @Override
  public double variance() {
    return factor * factor * law.variance();
  }

  @Override
  public boolean momentDiverges(int order) {
    return law.momentDiverges(order);
  }

  @Override
  public double lower() {
    return factor * law.lower();
  }

  @Override
  public double upper() {
    return factor * law.upper();
  }

  @Override
  public double[] breakpoints() {
    return Arrays.stream(law.breakpoints()).map(x -> factor * x).toArray();
  }

  @Override
  public OptionalDouble exponentialRate() {
    OptionalDouble rate = law.exponentialRate();
    return rate.isEmpty() ? rate : OptionalDouble.of(rate.getAsDouble() / factor);
  }

  @Override
  public boolean isUniform() {
    return law.isUniform();
  }

  @Override
  public boolean hasFallingDensity() {
    return law.hasFallingDensity();
  }

  /** The integral of the root of the density grows with the root of the factor. */
  @Override
  public DensityRoot densityRoot() {
    DensityRoot root = law.densityRoot();
    Law companion = root.law();
    return new DensityRoot(
        root.integral(),
        factor * root.square(),
        companion == null ? null : new Scaled(companion, factor));
  }

  @Override
  public DoubleUnaryOperator transform() {
    DoubleUnaryOperator own = law.transform();
    return u -> factor * own.applyAsDouble(u);
  }

  @Override
  public Sampler sampler(RandomStream stream) {
    return new TransformSampler(transform(), stream);
  }

  @Override
  public String toString() {
    return ScaledSpec.label(law, factor);
  }
}
