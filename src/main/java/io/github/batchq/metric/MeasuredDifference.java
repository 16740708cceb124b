package io.github.batchq.metric;

import io.github.batchq.metric.PairedComparison.Ranking;
import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A measured value beside a baseline, both with intervals.
 *
 * <p>Independent values have the difference d = y - x with the interval from d - hypot(y's lower
 * distance, x's upper one) to d + hypot(y's upper, x's lower), each at t standard errors: the
 * t-interval of Welch for means (B. L. Welch, "The generalization of 'Student's' problem when
 * several different population variances are involved", Biometrika 34, 1947), and where sides are
 * unequal, as for quantiles, that of G. Y. Zou and A. Donner, "Construction of confidence limits
 * about effect measures: a general approach", Statistics in Medicine 27, 2008. The ratio y / x has
 * all r at which the interval of y - r x holds 0: Fieller's interval, as A. Donner and G. Y. Zou
 * give it for unequal sides ("Closed-form confidence intervals for functions of the normal mean and
 * standard deviation", Statistical Methods in Medical Research 21, 2012). The degrees of freedom of
 * t are Satterthwaite's.
 *
 * @param baseline the baseline's value x
 * @param value the other value y
 * @param difference y - x
 * @param low lower end of its interval; infinite where none is known, NaN where there is no
 *     interval
 * @param high upper end, likewise
 * @param ratio y / x; NaN where x is 0
 * @param ratioLow lower end of its interval; NaN where there is none, and where x may be 0
 * @param ratioHigh upper end; NaN likewise
 * @param degreesOfFreedom of the difference's interval; 0 where there is none
 * @param verdict what the difference's interval says of y
 * @param enlargement how many times as much must be measured on both sides for an interval that
 *     leaves out 0 with the probability {@link #POWER}, if the true difference is the measured one;
 *     NaN where the verdict is there already, where there is no interval, or nothing would tell
 */
public record MeasuredDifference(
    double baseline,
    double value,
    double difference,
    double low,
    double high,
    double ratio,
    double ratioLow,
    double ratioHigh,
    double degreesOfFreedom,
    Ranking verdict,
    double enlargement) {
  /** Probability with which an enlarged measurement is to tell. */
  public static final double POWER = 0.8;

  private static final double POWER_DEVIATIONS =
      new NormalDistribution(null, 0, 1).inverseCumulativeProbability(POWER);

  /** Measurements that would have to be longer than this are none. */
  private static final double MOST_ENLARGEMENT = 1e9;

  /**
   * Compares two values that were measured independently of each other.
   *
   * @param baseline x
   * @param other y
   * @param confidence two-sided level of each interval, in (0,1)
   * @param direction which values are good
   */
  public static MeasuredDifference independent(
      MeasuredValue baseline, MeasuredValue other, double confidence, Direction direction) {
    double x = baseline.value();
    double y = other.value();
    double difference = y == x ? 0 : y - x;
    double ratio = x == 0 ? Double.NaN : y / x;
    if (baseline.degreesOfFreedom() == 0
        || other.degreesOfFreedom() == 0
        || !Double.isFinite(difference)) {
      return withoutInterval(x, y, direction);
    }
    double freedom = satterthwaite(baseline, other, 1);
    double t = deviations(freedom, confidence);
    double low = difference - Math.hypot(other.below(t), baseline.above(t));
    double high = difference + Math.hypot(other.above(t), baseline.below(t));
    if (Double.isInfinite(low) && Double.isInfinite(high)) {
      return withoutInterval(x, y, direction);
    }
    double[] ends =
        ratioEnds(
            baseline,
            other,
            deviations(satterthwaite(baseline, other, Math.abs(ratio)), confidence));
    Ranking verdict = direction.verdict(low, high);
    double error = Math.hypot(baseline.standardError(), other.standardError());
    return new MeasuredDifference(
        x,
        y,
        difference,
        low,
        high,
        ratio,
        ends[0],
        ends[1],
        freedom,
        verdict,
        verdict == Ranking.CANNOT_TELL
            ? enlargement(Math.abs(difference), error, freedom, confidence)
            : Double.NaN);
  }

  /**
   * Compares runs that met the same requests, one by one, as {@link PairedComparison} does.
   *
   * @param baseline one value for each run, at least two
   * @param other as many values, of the runs with the same requests
   * @param confidence two-sided level of each interval, in (0,1)
   * @param direction which values are good
   */
  public static MeasuredDifference paired(
      double[] baseline, double[] other, double confidence, Direction direction) {
    double x = Arrays.stream(baseline).average().orElseThrow();
    double y = Arrays.stream(other).average().orElseThrow();
    if (!Double.isFinite(y - x)) {
      return withoutInterval(x, y, direction);
    }
    PairedComparison pair = PairedComparison.of(baseline, other, confidence, 1, direction);
    int freedom = pair.degreesOfFreedom();
    return new MeasuredDifference(
        pair.baseline(),
        pair.mean(),
        pair.difference(),
        pair.difference() - pair.halfWidth(),
        pair.difference() + pair.halfWidth(),
        pair.ratio(),
        pair.ratioLow(),
        pair.ratioHigh(),
        freedom,
        pair.verdict(),
        pair.verdict() == Ranking.CANNOT_TELL
            ? enlargement(
                Math.abs(pair.difference()),
                pair.halfWidth() / StudentT.quantile(freedom, confidence),
                freedom,
                confidence)
            : Double.NaN);
  }

  /** What is left where nothing is known of how far values may be off; infinite ones do compare. */
  private static MeasuredDifference withoutInterval(double x, double y, Direction direction) {
    double difference = y == x ? 0 : y - x;
    boolean infinite = Double.isInfinite(difference);
    return new MeasuredDifference(
        x,
        y,
        difference,
        Double.NaN,
        Double.NaN,
        x == 0 || infinite ? Double.NaN : y / x,
        Double.NaN,
        Double.NaN,
        0,
        infinite ? direction.verdict(difference, difference) : Ranking.CANNOT_TELL,
        Double.NaN);
  }

  /** Degrees of freedom of the standard error of y - r x. */
  private static double satterthwaite(MeasuredValue x, MeasuredValue y, double r) {
    double ofX = Math.pow(r * x.standardError(), 2);
    double ofY = Math.pow(y.standardError(), 2);
    double freedom =
        Math.pow(ofX + ofY, 2)
            / (ofX * ofX / x.degreesOfFreedom() + ofY * ofY / y.degreesOfFreedom());
    // Without any variance there is nothing to weigh.
    return Double.isFinite(freedom) ? freedom : x.degreesOfFreedom() + y.degreesOfFreedom();
  }

  private static double[] ratioEnds(MeasuredValue x, MeasuredValue y, double t) {
    return new double[] {
      ratioEnd(x.value(), x.above(t), y.value(), y.below(t), -1),
      ratioEnd(x.value(), x.below(t), y.value(), y.above(t), 1)
    };
  }

  /** The root r of (y - r x)² = yDistance² + r² xDistance² on one side; NaN where x may be 0. */
  private static double ratioEnd(double x, double xDistance, double y, double yDistance, int side) {
    double a = (x - xDistance) * (x + xDistance);
    if (!(a > 0)) {
      return Double.NaN;
    }
    // (x y)² - a c, without the digits that it would lose.
    double discriminant =
        Math.pow(x * yDistance, 2)
            + Math.pow(y * xDistance, 2)
            - Math.pow(xDistance * yDistance, 2);
    return (x * y + side * Math.sqrt(Math.max(0, discriminant))) / a;
  }

  private static double enlargement(
      double difference, double error, double freedom, double confidence) {
    double low = 1;
    double high = 1;
    while (!tells(high, difference, error, freedom, confidence)) {
      low = high;
      high *= 2;
      if (!(high < MOST_ENLARGEMENT)) {
        return Double.NaN;
      }
    }
    while (high - low > 1e-6 * low) {
      double middle = (low + high) / 2;
      if (tells(middle, difference, error, freedom, confidence)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  private static boolean tells(
      double enlargement, double difference, double error, double freedom, double confidence) {
    double t = deviations(freedom * enlargement, confidence);
    return (t + POWER_DEVIATIONS) * error / Math.sqrt(enlargement) <= difference;
  }

  /** Of Student's t-distribution, whose degrees of freedom need not be whole here. */
  private static double deviations(double freedom, double confidence) {
    return new TDistribution(null, freedom).inverseCumulativeProbability((1 + confidence) / 2);
  }
}
