package io.github.batchq.study;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.GroupedEstimate;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import io.github.batchq.random.SobolPoints;
import io.github.batchq.theory.BatchMaximum;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import umontreal.ssj.rng.RandomStream;

/**
 * Estimates the mean of the longest length in a batch, equation (2) of arXiv:2412.04504, as an
 * integral over the unit cube of B dimensions, by independent points or by randomised quasi-Monte
 * Carlo. {@link BatchMaximum#expectedBatchLength} computes the same number by quadrature in one
 * dimension; this checks it, and shows what quasi-Monte Carlo gains.
 *
 * <p>At a point u the integrand is the sum over bins j of p_j Q(P_j + p_j max(u)), where p_j is the
 * mass of bin j, P_j that of the bins below it and Q the law's quantile function: the longest of B
 * lengths in the bin whose shares of the bin's mass are u. In the law's unit.
 *
 * @param law law of the lengths, with a finite mean
 * @param boundaries the bins
 * @param batchSize requests in a batch B, at least 1
 */
public record BatchLengthIntegral(Law law, BinBoundaries boundaries, int batchSize) {
  /**
   * The estimate by independent points.
   *
   * @param number how many, at least 1
   * @param points the stream of each of them, of which B numbers are taken
   */
  public Estimate plain(int number, IntFunction<RandomStream> points) {
    return Estimate.of(values(number, points));
  }

  /**
   * The estimate by all groups of quasi-Monte Carlo points, with its gain over as many independent
   * ones.
   *
   * @param points of at least B dimensions
   */
  public GroupedEstimate quasi(SobolPoints points) {
    return GroupedEstimate.of(quasiValues(points), points.size());
  }

  /** The integrand at all points, group after group. */
  double[] quasiValues(SobolPoints points) {
    return values(points.all(), number -> points.point(number, 0));
  }

  private double[] values(int number, IntFunction<RandomStream> points) {
    double[] masses = BatchMaximum.binProbabilities(law, boundaries);
    return IntStream.range(0, number)
        .mapToDouble(point -> value(masses, points.apply(point)))
        .toArray();
  }

  private double value(double[] masses, RandomStream point) {
    double largest = 0;
    for (int i = 0; i < batchSize; i++) {
      largest = Math.max(largest, point.nextDouble());
    }
    double sum = 0;
    double below = 0;
    for (double mass : masses) {
      if (mass > 0) {
        sum += mass * law.quantile(Math.min(below + mass * largest, Math.nextDown(1.0)));
        below += mass;
      }
    }
    return sum;
  }
}
