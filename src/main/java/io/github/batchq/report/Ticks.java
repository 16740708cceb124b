package io.github.batchq.report;

import io.github.batchq.model.Numerals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Range and ticks of a numeric axis. The step is 1, 2 or 5 times a power of ten.
 *
 * @param low lower end
 * @param high upper end
 * @param step distance between ticks
 */
record Ticks(double low, double high, double step) {
  /**
   * Ticks of a range.
   *
   * @param most about how many ticks there is room for
   * @param integers whether the values are integers, so that ticks between them mean nothing
   */
  static Ticks of(double low, double high, int most, boolean integers) {
    double raw = (high - low) / most;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = 10 * power;
    for (double factor : new double[] {5, 2, 1}) {
      if (factor * power >= raw * (1 - 1e-9)) {
        step = factor * power;
      }
    }
    return new Ticks(low, high, integers ? Math.max(1, step) : step);
  }

  /** The label of a tick, with as many decimals as the step needs. */
  String label(double value) {
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    BigDecimal rounded =
        BigDecimal.valueOf(Math.rint(value / step))
            .multiply(BigDecimal.valueOf(step))
            .setScale(decimals, RoundingMode.HALF_EVEN);
    double size = Math.max(Math.abs(low), Math.abs(high));
    return decimals > 5 || size >= 1e6
        ? Numerals.rounded(rounded.round(new MathContext(6)).toString())
        : rounded.toPlainString();
  }
}
