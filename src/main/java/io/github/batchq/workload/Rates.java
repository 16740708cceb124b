package io.github.batchq.workload;

import io.github.batchq.model.Require;
import java.util.List;

/** Checks of the numbers of arrival processes. */
final class Rates {
  private Rates() {}

  /** Checks a rate, which is infinite if all requests are to be there at time 0. */
  static void requireRate(double rate) {
    if (!(rate > 0)) {
      throw new IllegalArgumentException(
          "rate must be positive, or inf for all requests at time 0, found " + rate);
    }
  }

  /** Checks rates of pieces or states: finite, at least 0, not all 0. */
  static List<Double> requireRates(List<Double> rates) {
    double sum = 0;
    for (double rate : rates) {
      Require.ARGUMENT.notNegativeFinite("rates", rate);
      sum += rate;
    }
    if (!(sum > 0)) {
      throw new IllegalArgumentException("one of the rates must be positive, found " + rates);
    }
    return List.copyOf(rates);
  }
}
