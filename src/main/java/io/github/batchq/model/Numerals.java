package io.github.batchq.model;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/** How people read numbers: rounded, in plain notation, with the interval of a measured one. */
public final class Numerals {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
  private static final int DIGITS = 6;

  /** The sign between a value and the half-width of its interval. */
  private static final String PLUS_MINUS = " ± ";

  /** What grows without bound. */
  public static final String INFINITE = "inf";

  private static final MathContext OF_HALF_WIDTH = new MathContext(2, RoundingMode.HALF_EVEN);

  /** A known value has at least this many significant digits. */
  private static final int LEAST_DIGITS = 3;

  /** Deviations below this share of a value are those of sums of rounded numbers. */
  private static final double ROUNDING = 1e-12;

  /**
   * The least power of ten in plain notation; numbers from 1e-5 on and below 1e15 are written so.
   */
  private static final int LEAST_MAGNITUDE = -5;

  private static final int LARGE_MAGNITUDE = 15;

  private Numerals() {}

  /** Whether the text is a decimal number; {@code NaN}, hexadecimal and "1d" are text. */
  public static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** Whether two cells say the same, as text or as numbers: 8 is 8.0. */
  public static boolean same(String a, String b) {
    return a.equals(b)
        || (isNumber(a) && isNumber(b) && Double.parseDouble(a) == Double.parseDouble(b));
  }

  /**
   * A number rounded to six significant digits for reading, in plain notation between 1e-5 and
   * 1e15; digits before the point are never rounded away. Other text as it is.
   */
  public static String rounded(String text) {
    if (!isNumber(text)) {
      return text;
    }
    BigDecimal value = new BigDecimal(text);
    if (value.signum() == 0) {
      return "0";
    }
    int magnitude = magnitude(value);
    if (magnitude < LEAST_MAGNITUDE || magnitude >= LARGE_MAGNITUDE) {
      BigDecimal digits = value.round(new MathContext(DIGITS, RoundingMode.HALF_EVEN));
      int exponent = magnitude(digits);
      return plain(digits.scaleByPowerOfTen(-exponent)) + "e" + exponent;
    }
    int decimals = Math.max(0, DIGITS - 1 - magnitude);
    return plain(value.setScale(decimals, RoundingMode.HALF_EVEN));
  }

  /**
   * A measured value with the half-width of its interval, such as {@code 0.5443 ± 0.0016}: the
   * half-width has two significant digits, and the value ends where they end. Without an interval
   * the value alone, {@link #rounded}; empty where there is none.
   *
   * @param halfWidth at least 0; NaN where there is no interval
   */
  public static String measured(double value, double halfWidth) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? INFINITE : "-" + INFINITE;
    }
    if (!Double.isFinite(halfWidth)) {
      return plain(value);
    }
    if (halfWidth <= ROUNDING * Math.abs(value)) {
      return plain(value) + PLUS_MINUS + "0";
    }
    BigDecimal width = new BigDecimal(halfWidth).round(OF_HALF_WIDTH);
    if (magnitude(width) < LEAST_MAGNITUDE || magnitude(width) >= LARGE_MAGNITUDE) {
      return plain(value) + PLUS_MINUS + rounded(width.toString());
    }
    return new BigDecimal(value).setScale(width.scale(), RoundingMode.HALF_EVEN).toPlainString()
        + PLUS_MINUS
        + width.toPlainString();
  }

  /**
   * A known value beside a measured one: with as many decimals as that has, but with three
   * significant digits or more, and none rounded away before the point.
   *
   * @param halfWidth of the measured value; NaN where it has no interval
   */
  public static String beside(double known, double halfWidth) {
    boolean likeMeasured = Double.isFinite(known) && halfWidth > ROUNDING * Math.abs(known);
    if (!likeMeasured || Double.isInfinite(halfWidth) || known == 0) {
      return measured(known, Double.NaN);
    }
    BigDecimal value = new BigDecimal(known);
    int decimals =
        Math.max(
            new BigDecimal(halfWidth).round(OF_HALF_WIDTH).scale(),
            LEAST_DIGITS - 1 - magnitude(value));
    return decimals > -LEAST_MAGNITUDE + LEAST_DIGITS
        ? plain(known)
        : value.setScale(Math.max(0, decimals), RoundingMode.HALF_EVEN).toPlainString();
  }

  /**
   * A number in some significant digits, without an exponent and without zeros at its end; halves
   * are rounded away from zero.
   *
   * @param value finite
   * @param digits at least 1
   */
  public static String digits(double value, int digits) {
    return plain(new BigDecimal(value).round(new MathContext(digits)));
  }

  /**
   * A measured value in some significant digits whatever its interval, whose half-width has two.
   *
   * @param value finite
   * @param digits at least 1
   * @param halfWidth finite
   */
  public static String digits(double value, int digits, double halfWidth) {
    return digits(value, digits)
        + PLUS_MINUS
        + new BigDecimal(halfWidth).round(new MathContext(2)).toPlainString();
  }

  /** A number for a label, with as few characters as say it. */
  public static String plain(double value) {
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
