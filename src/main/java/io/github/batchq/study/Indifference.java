package io.github.batchq.study;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NumberText;

/**
 * The smallest difference of a metric that matters.
 *
 * @param value positive and finite: a number in the metric's unit, or a share
 * @param relative whether it is a share of the baseline's mean
 */
public record Indifference(double value, boolean relative) {
  /**
   * Reads a number such as {@code 0.5}, or a share such as {@code 1%}.
   *
   * @throws BadInputException if it is neither, or not positive
   */
  public static Indifference parse(String text) {
    boolean relative = text.endsWith("%");
    double value = NumberText.numberOrPercent(text);
    if (!(value > 0)) {
      throw new BadInputException(
          "--indifference takes a positive number in the metric's unit, or a share of the"
              + " baseline's mean such as 1%, found '"
              + text
              + "'");
    }
    return new Indifference(value, relative);
  }

  /**
   * The difference in the metric's unit; 0 for a share of 0.
   *
   * @param baseline the baseline's mean
   */
  double at(double baseline) {
    return relative ? value * Math.abs(baseline) : value;
  }
}
