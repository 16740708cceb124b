package io.github.batchq.metric;

import io.github.batchq.model.BadInputException;

/**
 * What a system must keep: a metric at most at its limit where low values are good, and at least
 * there where high ones are.
 *
 * @param metric one with a direction
 * @param limit finite, in the metric's unit
 */
public record Requirement(Metric metric, double limit) {
  /**
   * Refuses what cannot be kept.
   *
   * @throws BadInputException if the metric has no direction, or the limit is no finite number
   */
  public Requirement {
    if (metric.direction() == Direction.NEITHER) {
      throw new BadInputException(
          "a requirement is for a metric that can be better or worse, found " + metric.id());
    }
    if (!Double.isFinite(limit)) {
      throw new BadInputException(
          "the limit of " + metric.id() + " must be a finite number, found " + limit);
    }
  }

  /** Whether a value is within the limit; NaN is not. */
  public boolean isKeptBy(double value) {
    return isUpper() ? value <= limit : value >= limit;
  }

  /** Whether the limit is the largest value, and not the smallest. */
  public boolean isUpper() {
    return metric.direction() == Direction.LOWER_IS_BETTER;
  }

  /**
   * By which share of the limit a value is within it; negative beyond it. In the metric's own unit
   * where the limit is 0.
   */
  public double slack(double value) {
    double distance = isUpper() ? limit - value : value - limit;
    return limit == 0 ? distance : distance / Math.abs(limit);
  }

  /** As a person reads it, such as {@code latency.p99 <= 30 s}. */
  @Override
  public String toString() {
    String number =
        limit == Math.rint(limit) && Math.abs(limit) < 1e15
            ? Long.toString((long) limit)
            : Double.toString(limit);
    String unit = metric.unit().equals("1") ? "" : " " + metric.unit();
    return metric.id() + (isUpper() ? " <= " : " >= ") + number + unit;
  }
}
