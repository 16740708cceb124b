package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Law;
import java.util.List;
import org.apache.commons.math3.analysis.MultivariateFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.PointValuePair;
import org.apache.commons.math3.optim.SimpleValueChecker;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;

/**
 * Boundaries for a predictor whose confusion matrix is known and stays the same when boundaries
 * move: those with the least mean batch length of {@link PredictionErrors} that a search finds. The
 * mean is not convex in the boundaries, so the search, Nelder and Mead's in the logarithms of the
 * gaps, starts at the optimal and at the equal-mass boundaries and starts again at what it found;
 * its result is never worse than either, but is not proved to be the optimum.
 */
public final class BoundariesUnderErrors {
  private static final int RESTARTS = 3;
  private static final int MOST_ITERATIONS = 2000;

  /** First change of the logarithm of a gap. */
  private static final double STEP = 0.5;

  private static final double TOLERANCE = 1e-11;

  private BoundariesUnderErrors() {}

  /**
   * The best boundaries found, in the unit of the law, as many bins as the matrix has.
   *
   * @param batchSize number of requests in a batch B, at least 1
   * @throws IllegalArgumentException if the batch size is less than 1 or the law's mean is infinite
   */
  public static BinBoundaries best(Law law, ConfusionMatrix confusion, int batchSize) {
    int bins = confusion.bins();
    BinBoundaries best = new OptimalBoundaries().boundaries(law, bins, batchSize);
    if (bins == 1) {
      return best;
    }
    return search(
        law, List.of(best, new EqualMass().boundaries(law, bins, batchSize)), confusion, batchSize);
  }

  /** The best of some starts and of what the search finds from each of them. */
  static BinBoundaries search(
      Law law, List<BinBoundaries> starts, ConfusionMatrix confusion, int batchSize) {
    BinBoundaries best = starts.get(0);
    double least = Double.POSITIVE_INFINITY;
    for (BinBoundaries start : starts) {
      for (BinBoundaries candidate : List.of(start, search(law, start, confusion, batchSize))) {
        double length = length(law, candidate, confusion, batchSize);
        if (length < least) {
          best = candidate;
          least = length;
        }
      }
    }
    return best;
  }

  private static double length(
      Law law, BinBoundaries boundaries, ConfusionMatrix confusion, int batchSize) {
    return PredictionErrors.expectedBatchLength(law, boundaries, confusion, batchSize);
  }

  private static BinBoundaries search(
      Law law, BinBoundaries start, ConfusionMatrix confusion, int batchSize) {
    double lower = law.lower();
    MultivariateFunction objective =
        logGaps -> {
          double[] inner = inner(lower, logGaps);
          double last = inner[inner.length - 1];
          return last < Double.POSITIVE_INFINITY
              ? length(law, BinBoundaries.of(inner), confusion, batchSize)
              : Double.MAX_VALUE;
        };
    double[] point = logGaps(lower, start.inner());
    for (int i = 0; i < RESTARTS; i++) {
      PointValuePair found =
          new SimplexOptimizer(new SimpleValueChecker(TOLERANCE, Double.MIN_VALUE, MOST_ITERATIONS))
              .optimize(
                  MaxEval.unlimited(),
                  new ObjectiveFunction(objective),
                  GoalType.MINIMIZE,
                  new InitialGuess(point),
                  new NelderMeadSimplex(point.length, STEP));
      point = found.getPoint();
    }
    return BinBoundaries.of(inner(lower, point));
  }

  private static double[] logGaps(double lower, double[] inner) {
    double[] logGaps = new double[inner.length];
    double before = lower;
    for (int i = 0; i < inner.length; i++) {
      // Equal boundaries, which heavy atoms make, get a gap that the search can widen.
      logGaps[i] = Math.log(Math.max(inner[i] - before, 1e-6 * inner[i]));
      before = inner[i];
    }
    return logGaps;
  }

  private static double[] inner(double lower, double[] logGaps) {
    double[] inner = new double[logGaps.length];
    double sum = lower;
    for (int i = 0; i < inner.length; i++) {
      sum += Math.exp(logGaps[i]);
      inner[i] = sum;
    }
    return inner;
  }
}
