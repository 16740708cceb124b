package io.github.batchq.study.plan;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.Numerals;

/** Numbers as the sentences of a plan have them. */
final class PlanNumbers {
  private PlanNumbers() {}

  /** A number with up to four digits. */
  static String text(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "no value" : value > 0 ? "infinite" : "-infinite";
    }
    return Numerals.digits(value, 4);
  }

  /** A mean with the half-width of its interval, and the unit. */
  static String text(Estimate estimate, Metric metric) {
    String unit = metric.unit().equals("1") ? "" : " " + metric.unit();
    return plain(estimate) + unit;
  }

  /** A mean with the half-width of its interval. */
  static String plain(Estimate estimate) {
    boolean known = estimate.halfWidth() > 0;
    return text(estimate.mean()) + (known ? " ± " + Numerals.digits(estimate.halfWidth(), 2) : "");
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
