package io.github.batchq.random;

import static io.github.batchq.random.Parameters.call;
import static io.github.batchq.random.Parameters.requireProbability;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import java.util.function.DoubleUnaryOperator;
import umontreal.ssj.probdist.NormalDist;

/**
 * The law of exp(N) for a normal N with mean {@code mu} and standard deviation {@code sigma}; the
 * parameters are those of the logarithm, not the mean and deviation of the law itself. The median
 * is exp(mu), the mean exp(mu + sigma^2/2).
 *
 * <p>Sampled by inversion through SSJ's {@code NormalDist.inverseF01} (relative error of the tail
 * probability below 2e-13 down to 1e-300). SSJ's {@code LognormalDist.inverseF} is not used: it
 * answers infinity within 2.2e-16 of 1.
 *
 * @param mu mean of the logarithm, finite
 * @param sigma standard deviation of the logarithm, positive
 */
public record Lognormal(
    @Key(
            about = "mean of the logarithm",
            unit = "log of that of the law",
            range = "finite",
            example = "2")
        double mu,
    @Key(
            about = "standard deviation of the logarithm",
            unit = "1",
            range = "positive, finite",
            example = "0.5")
        double sigma)
    implements Law {
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  public Lognormal {
    Require.ARGUMENT.finite("mu", mu);
    Require.ARGUMENT.positiveFinite("sigma", sigma);
  }

  /**
   * The law of maximum likelihood for observed values: mu and sigma are the mean and the standard
   * deviation of their logarithms.
   *
   * @param observed positive values, at least two of them different
   * @throws IllegalArgumentException if a value is 0 or all are equal
   */
  public static Lognormal fit(Empirical observed) {
    double mu = meanOfLog(observed, log -> log);
    return new Lognormal(mu, Math.sqrt(meanOfLog(observed, log -> (log - mu) * (log - mu))));
  }

  private static double meanOfLog(Empirical observed, DoubleUnaryOperator function) {
    double sum = 0;
    long before = 0;
    for (int i = 0; i < observed.atoms(); i++) {
      long count = observed.cumulativeCount(i) - before;
      before = observed.cumulativeCount(i);
      sum += count * function.applyAsDouble(Math.log(observed.atom(i)));
    }
    return sum / observed.total();
  }

  @Override
  public double cdf(double x) {
    return x <= 0 ? 0 : NormalDist.cdf01((Math.log(x) - mu) / sigma);
  }

  @Override
  public double survival(double x) {
    return x <= 0 ? 1 : NormalDist.barF01((Math.log(x) - mu) / sigma);
  }

  @Override
  public double density(double x) {
    if (x <= 0) {
      return 0;
    }
    double log = Math.log(x);
    double z = (log - mu) / sigma;
    return Math.exp(-0.5 * z * z - log) / (sigma * ROOT_TWO_PI);
  }

  @Override
  public double quantile(double p) {
    requireProbability(p);
    return Math.exp(mu + sigma * NormalDist.inverseF01(p));
  }

  @Override
  public double upperQuantile(double q) {
    requireProbability(q);
    return Math.exp(mu - sigma * NormalDist.inverseF01(q));
  }

  @Override
  public double mean() {
    return Math.exp(mu + sigma * sigma / 2);
  }

  @Override
  public double variance() {
    return Math.expm1(sigma * sigma) * Math.exp(2 * mu + sigma * sigma);
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
    return u -> Math.exp(mu + sigma * NormalDist.inverseF01(u));
  }

  @Override
  public DensityRoot densityRoot() {
    return DensityRoot.of(
        2 * Math.sqrt(2 * Math.PI) * sigma * mean(),
        new Lognormal(mu + sigma * sigma, Math.sqrt(2) * sigma));
  }

  @Override
  public String toString() {
    return call("lognormal", mu, sigma);
  }
}
