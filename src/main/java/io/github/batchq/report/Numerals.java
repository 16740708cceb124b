package io.github.batchq.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** Cells that are numbers, and how people read them. */
final class Numerals {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
  private static final int DIGITS = 6;

  private Numerals() {}

  /** Whether the text is a decimal number; {@code NaN}, hexadecimal and "1d" are text. */
  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** Whether two cells say the same, as text or as numbers: 8 is 8.0. */
  static boolean same(String a, String b) {
    return a.equals(b)
        || (isNumber(a) && isNumber(b) && Double.parseDouble(a) == Double.parseDouble(b));
  }

  /**
   * A number rounded to six significant digits for reading, in plain notation between 1e-5 and
   * 1e15; digits before the point are never rounded away. Other text as it is.
   */
  static String rounded(String text) {
    if (!isNumber(text)) {
      return text;
    }
    BigDecimal value = new BigDecimal(text);
    if (value.signum() == 0) {
      return "0";
    }
    int magnitude = magnitude(value);
    if (magnitude < -5 || magnitude >= 15) {
      BigDecimal digits = value.round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
      int exponent = magnitude(digits);
      return plain(digits.scaleByPowerOfTen(-exponent)) + "e" + exponent;
    }
    int decimals = Math.max(0, DIGITS - 1 - magnitude);
    return plain(value.setScale(decimals, RoundingMode.HALF_EVEN));
  }

  /** A number for a label, with as few characters as say it. */
  static String plain(double value) {
    return rounded(String.format(Locale.ROOT, "%s", value));
  }

  /** Exponent of the leading digit: 2 for 128, -1 for 0.5. */
  private static int magnitude(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  private static String plain(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString();
  }
}
