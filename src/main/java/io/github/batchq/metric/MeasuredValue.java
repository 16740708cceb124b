package io.github.batchq.metric;

import java.util.Arrays;

/**
 * A value that was measured, and how far from it the truth may lie: over independent runs, or from
 * the requests of one long run in the order of their arrival, whose times depend on each other.
 */
public sealed interface MeasuredValue {
  /** Fewest requests of one run from which its mean is judged. */
  int FEWEST_REQUESTS = 300;

  /** Fewest requests of one run that must lie on either side of a quantile. */
  int FEWEST_BEYOND = 300;

  /** So many of these must be worth as much as independent ones. */
  int FEWEST_INDEPENDENT_BEYOND = 6;

  /** Sections that a run is cut into are at least so long, so that all are nearly equally long. */
  int LEAST_SECTION = 8;

  /** The value. */
  double value();

  /** How many degrees of freedom its standard error has; 0 where it has none. */
  int degreesOfFreedom();

  /**
   * How far the lower end of an interval is from the value.
   *
   * @param deviations number of standard errors, positive
   * @return infinite where no value was measured that is as low
   */
  double below(double deviations);

  /** How far the upper end is, likewise. */
  double above(double deviations);

  /** The standard error; NaN where the measurement is too short to tell. */
  double standardError();

  /**
   * Fewest requests of one run from which a mean or quantile is judged.
   *
   * @param level of the quantile, in (0,1); NaN for the mean
   */
  static int fewestRequests(double level) {
    return Double.isNaN(level)
        ? FEWEST_REQUESTS
        // A share such as 0.99 is no double.
        : (int) Math.min(Integer.MAX_VALUE, Math.round(FEWEST_BEYOND / Math.min(level, 1 - level)));
  }

  /**
   * The mean of a value over runs.
   *
   * @param values one for each run, at least one; of a single run nothing is known beside its value
   */
  static MeasuredValue overRuns(double[] values) {
    return Mean.of(values);
  }

  /**
   * The mean of one run, by batch means whose length is tested ({@link BatchMeans}).
   *
   * @param times of its requests in the order of arrival, at least one
   */
  static MeasuredValue meanOfRun(double[] times) {
    Mean batches = times.length < FEWEST_REQUESTS ? Mean.UNKNOWN : batches(times);
    return new Mean(
        Arrays.stream(times).average().orElseThrow(),
        batches.standardError(),
        batches.degreesOfFreedom());
  }

  /**
   * A quantile of one run. Batch means of the share of the requests at or below it tell how far
   * that share may be off, and the quantiles of these shares are the ends: no density has to be
   * estimated.
   *
   * @param times of its requests in the order of arrival, at least one
   * @param level of the quantile, in (0,1)
   */
  static MeasuredValue quantileOfRun(double[] times, double level) {
    double[] sorted = times.clone();
    Arrays.sort(sorted);
    double quantile = Quantile.in(sorted, level);
    double beyond = independentRequests(times) * Math.min(level, 1 - level);
    boolean enough = times.length >= fewestRequests(level) && beyond >= FEWEST_INDEPENDENT_BEYOND;
    double[] shares = Arrays.stream(times).map(time -> time <= quantile ? 1 : 0).toArray();
    Mean share = enough ? batches(shares) : Mean.UNKNOWN;
    return new Quantile(sorted, level, share.standardError(), share.degreesOfFreedom());
  }

  /**
   * How many independent requests would tell the mean as well; NaN where the run is too short to
   * tell.
   */
  private static double independentRequests(double[] times) {
    double error = batches(times).standardError();
    double mean = Arrays.stream(times).average().orElseThrow();
    double variance = Arrays.stream(times).map(x -> (x - mean) * (x - mean)).sum() / times.length;
    return variance == 0 ? times.length : Math.min(times.length, variance / (error * error));
  }

  /** Means of batches whose length is tested; unknown where the run is too short. */
  private static Mean batches(double[] times) {
    return Mean.of(BatchMeans.batches(sections(times), BatchMeans.FEWEST_OF_REQUESTS));
  }

  /** Means of nearly equal sections of a run, whose number can be halved down to 16. */
  private static double[] sections(double[] times) {
    int number = 4 * BatchMeans.FEWEST_OF_REQUESTS;
    while (2 * number <= RunSections.MOST && 2 * number * LEAST_SECTION <= times.length) {
      number *= 2;
    }
    double[] means = new double[number];
    for (int section = 0; section < number; section++) {
      int from = (int) ((long) section * times.length / number);
      int to = (int) ((section + 1L) * times.length / number);
      means[section] = Arrays.stream(times, from, to).average().orElseThrow();
    }
    return means;
  }

  /**
   * A mean, with an interval that is as long on either side.
   *
   * @param value the mean
   * @param standardError its standard error; NaN where it has none
   * @param degreesOfFreedom of the standard error; 0 where it has none
   */
  record Mean(double value, double standardError, int degreesOfFreedom) implements MeasuredValue {
    private static final Mean UNKNOWN = new Mean(Double.NaN, Double.NaN, 0);

    private static Mean of(double[] values) {
      int n = values.length;
      double mean = Arrays.stream(values).average().orElse(Double.NaN);
      double squares = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum();
      return n < 2
          ? new Mean(mean, Double.NaN, 0)
          : new Mean(mean, Math.sqrt(squares / (n - 1) / n), n - 1);
    }

    @Override
    public double below(double deviations) {
      return deviations * standardError;
    }

    @Override
    public double above(double deviations) {
      return deviations * standardError;
    }
  }

  /** A quantile of one run, with an interval that may be longer on one side. */
  final class Quantile implements MeasuredValue {
    private final double[] sorted;
    private final double level;
    private final double errorOfShare;
    private final int degreesOfFreedom;

    private Quantile(double[] sorted, double level, double errorOfShare, int degreesOfFreedom) {
      this.sorted = sorted;
      this.level = level;
      this.errorOfShare = errorOfShare;
      this.degreesOfFreedom = degreesOfFreedom;
    }

    private static double in(double[] sorted, double level) {
      // A share such as 0.99 is no double; its product with a whole number may be just above one.
      int rank = (int) Math.ceil(level * sorted.length * (1 - 1e-12));
      return sorted[Math.max(1, Math.min(sorted.length, rank)) - 1];
    }

    @Override
    public double value() {
      return in(sorted, level);
    }

    @Override
    public int degreesOfFreedom() {
      return degreesOfFreedom;
    }

    @Override
    public double standardError() {
      return degreesOfFreedom == 0
          ? Double.NaN
          : (in(sorted, level + errorOfShare) - in(sorted, level - errorOfShare)) / 2;
    }

    @Override
    public double below(double deviations) {
      double share = level - deviations * errorOfShare;
      return share <= 0 ? Double.POSITIVE_INFINITY : value() - in(sorted, share);
    }

    @Override
    public double above(double deviations) {
      double share = level + deviations * errorOfShare;
      return share >= 1 ? Double.POSITIVE_INFINITY : in(sorted, share) - value();
    }
  }
}
