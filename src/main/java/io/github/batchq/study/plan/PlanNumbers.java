package io.github.batchq.study.plan;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as the sentences of a plan have them. */
final class PlanNumbers {
  private PlanNumbers() {}

  /** A number with up to four digits. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "no value" : value > 0 ? "infinite" : "-infinite";
    }
    BigDecimal rounded =
        new BigDecimal(value)
            .round(new MathContext(4, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /** A mean with the half-width of its interval, and the unit. */
  static String text(Estimate estimate, Metric metric) {
    String unit = metric.unit().equals("1") ? "" : " " + metric.unit();
    return plain(estimate) + unit;
  }

  /** A mean with the half-width of its interval. */
  static String plain(Estimate estimate) {
    boolean known = estimate.halfWidth() > 0;
    return text(estimate.mean()) + (known ? " ± " + half(estimate.halfWidth()) : "");
  }

  private static String half(double value) {
    return new BigDecimal(value)
        .round(new MathContext(2, RoundingMode.HALF_UP))
        .stripTrailingZeros()
        .toPlainString();
  }

  /** A number of servers. */
  static String servers(int number) {
    return number == 1 ? "one server" : number + " servers";
  }

  /** A share as a percentage. */
  static String percent(double share) {
    return text(100 * share) + " %";
  }
}
