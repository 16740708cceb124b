package io.github.batchq.model;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Numbers as users write them: decimal, with or without an exponent, such as {@code 20}, {@code
 * 0.5} or {@code 1e3}. A number that is whole is a whole number however it is written: {@code 1e3}
 * and {@code 1000.0} are 1000.
 */
public final class NumberText {
  /** More digits than any double needs; beyond, a text is a burden and no number. */
  private static final int MOST_LENGTH = 1100;

  private NumberText() {}

  /**
   * The number that a text denotes, without surrounding blanks; empty if it denotes none, or one
   * that is beyond the doubles: too large, or so small that it would become zero.
   */
  public static Optional<BigDecimal> decimal(String text) {
    String trimmed = text.trim();
    if (trimmed.length() > MOST_LENGTH) {
      return Optional.empty();
    }
    BigDecimal number;
    try {
      number = new BigDecimal(trimmed);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
    double value = number.doubleValue();
    boolean held = Double.isFinite(value) && (value != 0 || number.signum() == 0);
    return held ? Optional.of(number) : Optional.empty();
  }

  /** The whole number that a text denotes; empty if it denotes none, or one beyond the longs. */
  public static OptionalLong whole(String text) {
    return decimal(text).map(NumberText::whole).orElse(OptionalLong.empty());
  }

  /** The whole number that a text denotes; empty if it denotes none, or one beyond the ints. */
  public static OptionalInt wholeInt(String text) {
    OptionalLong number = whole(text);
    return number.isPresent() && number.getAsLong() == (int) number.getAsLong()
        ? OptionalInt.of((int) number.getAsLong())
        : OptionalInt.empty();
  }

  private static OptionalLong whole(BigDecimal number) {
    try {
      return OptionalLong.of(number.longValueExact());
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  /** A number as it is, or a percentage such as {@code 2%} as the share 0.02; NaN for neither. */
  public static double numberOrPercent(String text) {
    boolean percent = text.endsWith("%");
    return decimal(percent ? text.substring(0, text.length() - 1) : text)
        .map(number -> number.doubleValue() / (percent ? 100 : 1))
        .orElse(Double.NaN);
  }
}
