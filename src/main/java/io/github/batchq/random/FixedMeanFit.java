package io.github.batchq.random;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;

/**
 * Laws of maximum likelihood among those of a family that have a given mean: one parameter is free.
 */
final class FixedMeanFit {
  private static final double RELATIVE = 1e-10;
  private static final double ABSOLUTE = 1e-14;
  private static final int MOST_EVALUATIONS = 1_000;

  /** Of shapes below it, the mean of Weibull's law leaves the range of numbers. */
  private static final double LEAST_SHAPE = 0.01;

  private final double[] values;
  private final double mean;

  /**
   * @param values positive and finite, left as they are
   * @param mean the mean, between the smallest and the largest value
   */
  FixedMeanFit(double[] values, double mean) {
    this.values = values;
    this.mean = mean;
  }

  private double logarithms() {
    return Arrays.stream(values).map(Math::log).average().orElseThrow();
  }

  /**
   * The variance v of the logarithm minimises log(v) + S/v + v/4, where S is the mean square of
   * log(x/mean): v = 2 (sqrt(1 + S) - 1).
   */
  Law lognormal() {
    double squares =
        Arrays.stream(values)
            .map(value -> Math.log(value / mean))
            .map(distance -> distance * distance)
            .average()
            .orElseThrow();
    // The same without cancellation for small S.
    double variance = 2 * squares / (Math.sqrt(1 + squares) + 1);
    return new Lognormal(Math.log(mean) - variance / 2, Math.sqrt(variance));
  }

  /** Scale mean / Gamma(1 + 1/shape); the shape is searched around that without the condition. */
  Law weibull(double near) {
    double logarithms = logarithms();
    double shape =
        likeliest(
            Math.max(LEAST_SHAPE, near / 8),
            near * 8,
            k -> {
              double scale = scale(k);
              double powers =
                  Arrays.stream(values).map(x -> Math.pow(x / scale, k)).average().orElseThrow();
              return Math.log(k) - k * Math.log(scale) + (k - 1) * logarithms - powers;
            });
    return new Weibull(shape, scale(shape));
  }

  private double scale(double shape) {
    return mean / new Weibull(shape, 1).mean();
  }

  /** Scale mean (1 - 1/shape), which must not exceed the smallest value. */
  Law pareto() {
    double least = Arrays.stream(values).min().orElseThrow();
    double most = mean / (mean - least);
    double logarithms = logarithms();
    double shape =
        likeliest(
            1, most, a -> Math.log(a) + a * Math.log(mean * (a - 1) / a) - (a + 1) * logarithms);
    return shape > most * (1 - 1e-6)
        ? new Pareto(most, least)
        : new Pareto(shape, mean * (shape - 1) / shape);
  }

  /**
   * The shortest interval around the mean that holds all values.
   *
   * @throws IllegalArgumentException if it holds negative numbers
   */
  Law uniform() {
    double least = Arrays.stream(values).min().orElseThrow();
    double most = Arrays.stream(values).max().orElseThrow();
    return mean - least > most - mean
        ? new Uniform(least, Math.max(most, 2 * mean - least))
        : new Uniform(Math.min(least, 2 * mean - most), most);
  }

  private static double likeliest(double low, double high, DoubleUnaryOperator likelihood) {
    return new BrentOptimizer(RELATIVE, ABSOLUTE)
        .optimize(
            new MaxEval(MOST_EVALUATIONS),
            GoalType.MAXIMIZE,
            new UnivariateObjectiveFunction(likelihood::applyAsDouble),
            new SearchInterval(low, high))
        .getPoint();
  }
}
