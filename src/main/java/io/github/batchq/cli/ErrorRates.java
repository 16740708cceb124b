package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Error rates on the command line: {@code 0.1}, {@code 0,0.1,0.5} or {@code 0..0.5} with a step.
 */
final class ErrorRates {
  private static final int MOST = 10_000;
  private static final int MOST_DIGITS = 40;

  private ErrorRates() {}

  /**
   * The rates of a text; a range starts at its first number and ends at or before its last.
   *
   * @throws BadInputException if the text or the step is malformed
   */
  static List<Double> parse(String text, String stepText) {
    BigDecimal step = number(stepText);
    if (step == null || step.signum() <= 0) {
      throw new BadInputException("--step takes a positive number, found '" + stepText + "'");
    }
    List<Double> rates = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int dots = part.indexOf("..");
      BigDecimal first = number(dots < 0 ? part : part.substring(0, dots));
      BigDecimal last = dots < 0 ? first : number(part.substring(dots + 2));
      if (first == null || last == null || last.compareTo(first) < 0) {
        throw new BadInputException(
            "--error-rates takes numbers such as 0.1, 0,0.1,0.5 or 0..0.5, found '" + text + "'");
      }
      for (BigDecimal rate = first; rate.compareTo(last) <= 0; rate = rate.add(step)) {
        if (rates.size() == MOST) {
          throw new BadInputException(
              "--error-rates takes at most " + MOST + " rates, found '" + text + "'");
        }
        rates.add(rate.doubleValue());
      }
    }
    return rates;
  }

  private static @Nullable BigDecimal number(String text) {
    try {
      BigDecimal number = new BigDecimal(text.trim());
      return number.precision() <= MOST_DIGITS && Math.abs(number.scale()) <= MOST_DIGITS
          ? number
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
