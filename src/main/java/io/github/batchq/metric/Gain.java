package io.github.batchq.metric;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * A gain in variance that was measured, with its interval: the variance of plain sampling over that
 * of a method, at equal cost in runs.
 *
 * @param value the gain; above 1 where the method helps
 * @param low lower end of its 95 % interval
 * @param high upper end
 */
public record Gain(double value, double low, double high) {
  /** Parts of the sample, each of which is left out once. */
  private static final int PARTS = 20;

  /** A gain that is as near to 1 makes no difference in practice. */
  private static final double LEAST_DIFFERENCE = 0.05;

  /**
   * The gain in a sample of independent observations. Its interval is a t-interval of 19 degrees of
   * freedom for the gain's logarithm by the jackknife that leaves out one of 20 parts of the sample
   * in turn (Efron and Tibshirani 1993, section 11.5); observation i belongs to part i mod 20.
   *
   * @param observations number of observations, at least 60
   * @param gain the gain, positive, in the observations with the given numbers
   * @throws IllegalArgumentException if there are fewer observations
   */
  public static Gain of(int observations, ToDoubleFunction<int[]> gain) {
    if (observations < 3 * PARTS) {
      throw new IllegalArgumentException(
          "a gain needs at least " + 3 * PARTS + " observations, found " + observations);
    }
    int[] all = new int[observations];
    Arrays.setAll(all, i -> i);
    double whole = Math.log(gain.applyAsDouble(all));
    double[] left = new double[PARTS];
    Arrays.setAll(
        left,
        part ->
            Math.log(
                gain.applyAsDouble(Arrays.stream(all).filter(i -> i % PARTS != part).toArray())));
    double mean = Arrays.stream(left).average().orElseThrow();
    double squares = Arrays.stream(left).map(value -> (value - mean) * (value - mean)).sum();
    double halfWidth =
        StudentT.quantile(PARTS - 1, Estimate.CONFIDENCE)
            * Math.sqrt(squares * (PARTS - 1) / PARTS);
    return new Gain(Math.exp(whole), Math.exp(whole - halfWidth), Math.exp(whole + halfWidth));
  }

  /**
   * What the interval says: {@code helps} or {@code harms} where it leaves out 1 and the gain is
   * more than 5 % from 1, {@code no difference} otherwise.
   */
  public String verdict() {
    if (low > 1 && value > 1 + LEAST_DIFFERENCE) {
      return "helps";
    }
    return high < 1 && value < 1 - LEAST_DIFFERENCE ? "harms" : "no difference";
  }
}
