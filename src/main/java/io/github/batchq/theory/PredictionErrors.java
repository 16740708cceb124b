package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.Require;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * The longest length in a batch when requests go to predicted bins that may not be their true ones.
 * Lengths are in the workload's unit.
 *
 * <p>With true masses P_i, laws F_i of the lengths within the true bins, and C_ij the probability
 * that bin i is predicted to be j whatever the length within bin i, predicted bin j receives a
 * share q_j of the requests, whose lengths are independent with law F~_j:
 *
 * <pre>
 * q_j = sum over i of P_i C_ij,   F~_j = (1 / q_j) sum over i of P_i C_ij F_i,
 * E[longest] = sum over j of q_j times the integral over x &gt; 0 of 1 - F~_j(x)^B dx.
 * </pre>
 *
 * <p>Equation (2) of arXiv:2412.04504 for predicted bins; its Figure 8 plots these values, and not
 * simulations (our T29). Exact for any law, any boundaries and any confusion matrix; the quadrature
 * is that of {@link BatchMaximum}, the sum over the atoms of an empirical law is exact.
 */
public final class PredictionErrors {
  /** Quantiles at which the quadrature splits, of the maximum and of the maximum in a true bin. */
  private static final double[] SPLITS = {1e-9, 0.01, 0.5, 0.99, 1 - 1e-6};

  private final BinBoundaries boundaries;
  private final ConfusionMatrix confusion;
  private final Law law;
  private final LawOnInterval[] trueBins;

  private PredictionErrors(Law law, BinBoundaries boundaries, ConfusionMatrix confusion) {
    requireSize(boundaries, confusion);
    this.law = law;
    this.boundaries = boundaries;
    this.confusion = confusion;
    this.trueBins = new LawOnInterval[boundaries.bins()];
    Arrays.setAll(trueBins, i -> new LawOnInterval(law, boundaries.lower(i), boundaries.upper(i)));
  }

  static void requireSize(BinBoundaries boundaries, ConfusionMatrix confusion) {
    if (confusion.bins() != boundaries.bins()) {
      throw new IllegalArgumentException(
          "the confusion matrix is of "
              + confusion.bins()
              + " bins, the boundaries make "
              + boundaries.bins());
    }
  }

  /**
   * Mean of the longest length in a batch, sum over j of q_j M_B(predicted bin j). Predicted bins
   * of mass zero receive nobody and are left out.
   *
   * @param batchSize number of requests in a batch B, at least 1
   * @throws IllegalArgumentException if the batch size is less than 1, the law's mean is infinite,
   *     or the matrix is of another number of bins
   */
  public static double expectedBatchLength(
      Law law, BinBoundaries boundaries, ConfusionMatrix confusion, int batchSize) {
    PredictionErrors errors = new PredictionErrors(law, boundaries, confusion);
    double sum = 0;
    for (int j = 0; j < boundaries.bins(); j++) {
      double[] atLeast = errors.massesFrom(j);
      if (atLeast[0] > 0) {
        sum += atLeast[0] * errors.expectedMaximum(atLeast, batchSize);
      }
    }
    return sum;
  }

  /**
   * Mean of the maximum of n independent lengths of requests that are predicted to be of one bin.
   *
   * @param predictedBin 0 to k-1
   * @param n number of requests, at least 1
   * @throws IllegalArgumentException if n is less than 1, the bin has no mass, the law's mean is
   *     infinite, or the matrix is of another number of bins
   */
  public static double expectedMaximum(
      Law law, BinBoundaries boundaries, ConfusionMatrix confusion, int predictedBin, int n) {
    PredictionErrors errors = new PredictionErrors(law, boundaries, confusion);
    double[] atLeast = errors.massesFrom(predictedBin);
    if (!(atLeast[0] > 0)) {
      throw new IllegalArgumentException(
          "no request of " + law + " is predicted to be of bin " + (predictedBin + 1));
    }
    return errors.expectedMaximum(atLeast, n);
  }

  /** q_j for every bin j: the share of requests that are predicted to be of that bin. */
  public static double[] predictedProbabilities(
      Law law, BinBoundaries boundaries, ConfusionMatrix confusion) {
    PredictionErrors errors = new PredictionErrors(law, boundaries, confusion);
    double[] masses = new double[boundaries.bins()];
    Arrays.setAll(masses, j -> errors.massesFrom(j)[0]);
    return masses;
  }

  /** Accuracy: the share of requests whose predicted bin is their true one, sum of P_i C_ii. */
  public static double accuracy(Law law, BinBoundaries boundaries, ConfusionMatrix confusion) {
    PredictionErrors errors = new PredictionErrors(law, boundaries, confusion);
    double sum = 0;
    for (int i = 0; i < boundaries.bins(); i++) {
      sum += errors.trueBins[i].mass() * confusion.probability(i, i);
    }
    return Math.min(1, sum);
  }

  /**
   * For one predicted bin j the sums of P_m C_mj over m &ge; i, for i = 0..k: the first is q_j, and
   * divided by it they are the survival function of F~_j at the boundaries.
   */
  private double[] massesFrom(int predictedBin) {
    double[] atLeast = new double[trueBins.length + 1];
    for (int i = trueBins.length - 1; i >= 0; i--) {
      atLeast[i] = atLeast[i + 1] + trueBins[i].mass() * confusion.probability(i, predictedBin);
    }
    return atLeast;
  }

  private double expectedMaximum(double[] atLeast, int n) {
    Require.ARGUMENT.atLeast("n", n, 1);
    if (law.mean() == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          Moments.noMean(law, ", so the mean of a maximum is infinite too"));
    }
    Empirical observations = law.observations();
    return observations != null ? sum(observations, atLeast, n) : integral(atLeast, n);
  }

  /** 1 - (1 - s)^n for a survival probability s. */
  private static double anyOf(double survival, int n) {
    return -Math.expm1(n * Math.log1p(-Math.min(1, survival)));
  }

  /** The integral, one true bin after the other. */
  private double integral(double[] atLeast, int n) {
    double sum = 0;
    for (int i = 0; i < trueBins.length && atLeast[i] > 0; i++) {
      double above = atLeast[i + 1] / atLeast[0];
      double share = atLeast[i] / atLeast[0] - above;
      double end = boundaries.upper(i);
      if (!(share > 0)) {
        sum += (end - boundaries.lower(i)) * anyOf(above, n);
        continue;
      }
      LawOnInterval part = trueBins[i];
      sum += (part.lower() - boundaries.lower(i)) * anyOf(atLeast[i] / atLeast[0], n);
      Quadrature quadrature =
          new Quadrature(
              x -> anyOf(above + share * part.survival(x), n),
              n * (share * part.rounding() + Math.ulp(above)));
      double[] edges = edges(part, above, share, n);
      sum += quadrature.over(edges, sum);
      if (part.upper() == Double.POSITIVE_INFINITY) {
        sum += quadrature.toInfinity(edges[edges.length - 1], sum);
      } else if (above > 0) {
        sum += (end - part.upper()) * anyOf(above, n);
      }
    }
    return sum;
  }

  /** The same integral for a step function: of 1 - F~_j^n between neighbouring atoms. */
  private double sum(Empirical empirical, double[] atLeast, int n) {
    int last = empirical.atoms() - 1;
    double sum = empirical.atom(0);
    long count = empirical.cumulativeCount(last);
    long before = 0;
    int start = 0;
    for (int i = 0; i < trueBins.length && atLeast[i] > 0; i++) {
      double upper = boundaries.upper(i);
      int end = start;
      while (end <= last && empirical.atom(end) < upper) {
        end++;
      }
      if (end == start) {
        continue;
      }
      long top = empirical.cumulativeCount(end - 1);
      double mass = atLeast[i] - atLeast[i + 1];
      for (int m = start; m < end && m < last; m++) {
        double within = (double) (top - empirical.cumulativeCount(m)) / (top - before);
        sum +=
            (empirical.atom(m + 1) - empirical.atom(m))
                * anyOf((atLeast[i + 1] + mass * within) / atLeast[0], n);
      }
      before = top;
      start = end;
      if (before == count) {
        break;
      }
    }
    return sum;
  }

  /**
   * Edges of the panels within a true bin: the law's breakpoints, quantiles of the maximum, and
   * quantiles of the maximum of those lengths alone that are of this bin.
   */
  private double[] edges(LawOnInterval part, double above, double share, int n) {
    double lower = part.lower();
    double upper = part.upper();
    DoubleStream quantiles =
        Arrays.stream(SPLITS)
            .map(v -> -Math.expm1(Math.log(v) / n))
            .flatMap(q -> DoubleStream.of(q, (q - above) / share))
            .filter(q -> q > 0 && q < 1)
            .map(part::upperQuantile);
    DoubleStream inner =
        DoubleStream.concat(quantiles, Arrays.stream(law.breakpoints()))
            .filter(x -> x > lower && x < upper);
    // An unbounded range needs a positive point where its tail starts.
    double last = upper < Double.POSITIVE_INFINITY ? upper : lower > 0 ? lower : law.mean();
    return DoubleStream.concat(DoubleStream.of(lower, last), inner).sorted().distinct().toArray();
  }
}
