package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NumberText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the numbers of an option: {@code 0.1}, {@code 1e3}, {@code 0,0.1,0.5} or a range such as
 * {@code 0..0.5}, with the step of {@code --step}.
 */
final class NumberRange {
  private static final int MOST = 10_000;

  private NumberRange() {}

  /**
   * The numbers of a text; a range starts at its first number and ends at or before its last.
   *
   * @param option name of the option, for messages
   * @throws BadInputException if the text or the step is malformed
   */
  static List<Double> parse(String option, String text, String stepText) {
    BigDecimal step = number(stepText);
    if (step == null || step.signum() <= 0) {
      throw new BadInputException("--step takes a positive number, found '" + stepText + "'");
    }
    List<Double> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int dots = part.indexOf("..");
      BigDecimal first = number(dots < 0 ? part : part.substring(0, dots));
      BigDecimal last = dots < 0 ? first : number(part.substring(dots + 2));
      if (first == null || last == null || last.compareTo(first) < 0) {
        throw new BadInputException(
            option + " takes numbers such as 0.1, 0,0.1,0.5 or 0..0.5, found '" + text + "'");
      }
      for (BigDecimal number = first; number.compareTo(last) <= 0; number = number.add(step)) {
        if (numbers.size() == MOST) {
          throw new BadInputException(
              option + " takes at most " + MOST + " numbers, found '" + text + "'");
        }
        numbers.add(number.doubleValue());
      }
    }
    return numbers;
  }

  private static @Nullable BigDecimal number(String text) {
    return NumberText.decimal(text).orElse(null);
  }
}
