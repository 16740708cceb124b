package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.NumberText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of an option: one, such as {@code 0.1} or {@code 1e3}, or several between commas, each of
 * which may be a range such as {@code 0..0.5}. A range starts at its first number and ends at or
 * before its last.
 *
 * @param option name of the option, for messages
 * @param allowed which numbers it takes
 * @param examples how they may be written
 * @param most how many there may be
 */
record NumberRange(String option, String allowed, String examples, int most) {
  /** How numbers are written, for the reference. */
  static final String GRAMMAR =
      "Where an option takes numbers, write one (`4`), a list (`1,2,4`), a range with both its ends"
          + " (`1..5`, in steps of 1 or of `--step`), or a list of these (`1..4,8`).";

  private static final int MOST = 10_000;

  /**
   * The numbers of an option beside which {@code --step} stands.
   *
   * @throws BadInputException if the text or the step is malformed
   */
  static List<Double> parse(String option, String text, String stepText) {
    BigDecimal step =
        NumberText.decimal(stepText)
            .filter(number -> number.signum() > 0)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--step takes a positive number, found '" + stepText + "'"));
    return new NumberRange(option, "numbers", "0.1, 0,0.1,0.5 or 0..0.5", MOST)
        .numbers(text, step).stream().map(BigDecimal::doubleValue).toList();
  }

  /**
   * Numbers of bins, those of {@code --bins}; ranges have the step 1.
   *
   * @throws BadInputException if the text is malformed, or a number is no number of bins
   */
  static List<Integer> bins(String text) {
    int largest = BinBoundaries.MOST_BINS;
    NumberRange range =
        new NumberRange(
            "--bins",
            "whole numbers of at least 1 and at most " + largest + ",",
            "4, 1,2,4 or 1..5",
            largest);
    List<Integer> bins = new ArrayList<>();
    for (BigDecimal number : range.numbers(text, BigDecimal.ONE)) {
      bins.add(
          NumberText.wholeInt(number.toString()).stream()
              .filter(whole -> whole >= 1 && whole <= largest)
              .boxed()
              .findFirst()
              .orElseThrow(() -> range.refuse(text)));
    }
    return bins;
  }

  /**
   * The boundaries that {@code --boundaries} lists; no ranges.
   *
   * @throws BadInputException if the text is malformed
   */
  static List<Double> boundaries(String text) {
    return new NumberRange("--boundaries", "a rule or increasing numbers", "5,10", MOST)
        .numbers(text, null).stream().map(BigDecimal::doubleValue).toList();
  }

  private List<BigDecimal> numbers(String text, @Nullable BigDecimal step) {
    List<BigDecimal> numbers = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int dots = step == null ? -1 : part.indexOf("..");
      if (step == null || dots < 0) {
        add(numbers, number(part, text), text);
      } else {
        BigDecimal last = number(part.substring(dots + 2), text);
        BigDecimal number = number(part.substring(0, dots), text);
        if (last.compareTo(number) < 0) {
          throw refuse(text);
        }
        for (; number.compareTo(last) <= 0; number = number.add(step)) {
          add(numbers, number, text);
        }
      }
    }
    return numbers;
  }

  private void add(List<BigDecimal> numbers, BigDecimal number, String text) {
    if (numbers.size() == most) {
      throw new BadInputException(
          option + " takes at most " + most + " numbers, found '" + text + "'");
    }
    numbers.add(number);
  }

  private BigDecimal number(String part, String text) {
    return NumberText.decimal(part).orElseThrow(() -> refuse(text));
  }

  private BadInputException refuse(String text) {
    return new BadInputException(
        option + " takes " + allowed + " such as " + examples + ", found '" + text + "'");
  }
}
