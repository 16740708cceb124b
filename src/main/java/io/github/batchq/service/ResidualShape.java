package io.github.batchq.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Whether the residuals of a fit have a shape that a better model would not leave: measurements are
 * ordered by a quantity and cut into thirds of about equal size, between different values, and the
 * mean residual of each is held against its standard error.
 */
public final class ResidualShape {
  /** So many standard errors from 0 a mean residual is not by chance. */
  private static final double BEYOND_CHANCE = 4;

  /** Smaller mean residuals are none, whatever their error. */
  private static final double LEAST = 0.01;

  private static final int PARTS = 3;
  private static final int FEWEST_IN_PART = 3;

  private ResidualShape() {}

  /**
   * The shapes that the residuals of a fit have, one sentence each.
   *
   * @param fit the fit
   * @param all the measurements
   */
  public static List<String> of(ServiceFit fit, List<Measurement> all) {
    List<String> shapes = new ArrayList<>();
    add(shapes, fit, all, "batch size", Measurement::batchSize);
    add(shapes, fit, all, "length", Measurement::length);
    add(shapes, fit, all, "prompt tokens", Measurement::promptTokens);
    return shapes;
  }

  private static void add(
      List<String> shapes,
      ServiceFit fit,
      List<Measurement> all,
      String what,
      ToDoubleFunction<Measurement> quantity) {
    List<SummaryStatistics> parts = parts(fit, all, quantity);
    if (parts.size() < PARTS) {
      return;
    }
    double[] signs = parts.stream().mapToDouble(ResidualShape::sign).toArray();
    String words =
        signs[0] * signs[2] < 0
            ? "a slope"
            : signs[1] != 0
                    && signs[0] * signs[1] <= 0
                    && signs[1] * signs[2] <= 0
                    && (signs[0] != 0 || signs[2] != 0)
                ? "a knee"
                : "";
    if (!words.isEmpty()) {
      shapes.add(
          String.format(
              Locale.ROOT,
              "the residuals of %s have %s over the %s: batches take %+.1f, %+.1f and %+.1f %% longer"
                  + " than it says in the lowest, middle and highest third",
              fit.form().id(),
              words,
              what,
              100 * parts.get(0).getMean(),
              100 * parts.get(1).getMean(),
              100 * parts.get(2).getMean()));
    }
  }

  /** The thirds; fewer where there are too few values or measurements. */
  private static List<SummaryStatistics> parts(
      ServiceFit fit, List<Measurement> all, ToDoubleFunction<Measurement> quantity) {
    List<Measurement> sorted = all.stream().sorted(Comparator.comparingDouble(quantity)).toList();
    List<SummaryStatistics> parts = new ArrayList<>();
    SummaryStatistics part = new SummaryStatistics();
    for (int i = 0; i < sorted.size(); i++) {
      double value = quantity.applyAsDouble(sorted.get(i));
      boolean first = i == 0 || value > quantity.applyAsDouble(sorted.get(i - 1));
      boolean full = (long) i * PARTS >= (parts.size() + 1L) * sorted.size();
      if (first && full && parts.size() < PARTS - 1) {
        parts.add(part);
        part = new SummaryStatistics();
      }
      part.addValue(fit.residual(sorted.get(i)));
    }
    parts.add(part);
    return parts.stream().allMatch(one -> one.getN() >= FEWEST_IN_PART) ? parts : List.of();
  }

  private static double sign(SummaryStatistics part) {
    double mean = part.getMean();
    double error = part.getStandardDeviation() / Math.sqrt((double) part.getN());
    return Math.abs(mean) >= LEAST && Math.abs(mean) > BEYOND_CHANCE * error
        ? Math.signum(mean)
        : 0;
  }
}
