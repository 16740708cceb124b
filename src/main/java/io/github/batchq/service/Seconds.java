package io.github.batchq.service;

/** The check that all coefficients of service-time models share. */
final class Seconds {
  private Seconds() {}

  /**
   * Refuses a coefficient that cannot be a time.
   *
   * @throws IllegalArgumentException if the value is negative, infinite or not a number
   */
  static void require(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be finite and at least 0, found " + value);
    }
  }
}
