package io.github.batchq.file.data;

import io.github.batchq.model.Excerpt;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Numbers of data files: decimal digits with a point and an exponent, and nothing else that Java
 * takes for a number, such as {@code 0x1p3}, {@code 1d} or {@code NaN}.
 */
final class DecimalNumber {
  /** All whole numbers up to this are doubles: 2^53. */
  private static final double WHOLE = 1L << 53;

  /** So many digits are a whole number that is a double, and powers of ten of so many are too. */
  private static final int SHORT = 15;

  private static final double[] POWERS_OF_TEN = new double[SHORT];

  static {
    double power = 1;
    for (int i = 0; i < SHORT; i++) {
      POWERS_OF_TEN[i] = power;
      power *= 10;
    }
  }

  private static final Pattern PLAIN =
      Pattern.compile("[-+]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][-+]?[0-9]+)?");
  private static final Pattern INFINITE = Pattern.compile("[-+]?(nan|inf|infinity)");
  private static final Pattern SEPARATED = Pattern.compile("[-+]?[0-9]+([,'_ \u00a0][0-9.]+)+");

  private DecimalNumber() {}

  /**
   * The double nearest to a number.
   *
   * @return not a number if the text is none, is beyond the doubles or too small for them, or is a
   *     whole number beyond 2^53 that no double is equal to
   */
  static double parse(String text) {
    int length = text.length();
    if (length > SHORT) {
      return parseAny(text);
    }
    long digits = 0;
    int point = -1;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits = 10 * digits + (c - '0');
      } else if (c == '.' && point < 0 && length > 1) {
        point = i;
      } else {
        return parseAny(text);
      }
    }
    if (point < 0) {
      return length == 0 ? Double.NaN : digits;
    }
    // Both are doubles, so their quotient is the nearest double to the number.
    return digits / POWERS_OF_TEN[length - 1 - point];
  }

  private static double parseAny(String text) {
    boolean digits = false;
    boolean exponent = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 'e' || c == 'E') {
        exponent = true;
      } else if (c >= '1' && c <= '9') {
        digits |= !exponent;
      } else if (c != '0' && c != '.' && c != '-' && c != '+') {
        return Double.NaN;
      }
    }
    double value;
    try {
      value = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
    boolean held =
        Math.abs(value) < WHOLE
            || exponent
            || (Double.isFinite(value)
                && new BigDecimal(text).compareTo(new BigDecimal(value)) == 0);
    return held && Double.isFinite(value) && (value != 0 || !digits) ? value + 0.0 : Double.NaN;
  }

  /** What was found where {@link #parse} found no number, and what was expected. */
  static String fault(String text) {
    if (text.isEmpty()) {
      return "empty, a number was expected";
    }
    String found = "'" + Excerpt.of(text) + "', ";
    if (PLAIN.matcher(text).matches()) {
      double value = Double.parseDouble(text);
      return found
          + (Double.isInfinite(value)
              ? "beyond the largest number, " + Double.MAX_VALUE
              : value == 0
                  ? "nearer to 0 than the least number, " + Double.MIN_VALUE
                  : "a whole number beyond 2^53 = 9007199254740992 that is not held exactly");
    }
    if (INFINITE.matcher(text.toLowerCase(Locale.ROOT)).matches()) {
      return found + "a finite number was expected";
    }
    return found
        + (SEPARATED.matcher(text).matches()
            ? "a number with a decimal point and no other separator was expected"
            : "a number was expected");
  }
}
