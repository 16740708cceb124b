package io.github.batchq.workload;

import java.util.function.IntToDoubleFunction;

/**
 * Evenly spaced ones of so many requests, from the first on, where all would be too many.
 *
 * @param requests how many there are, at least 1
 * @param most how many are taken at most, at least 1
 */
public record EvenSample(int requests, int most) {
  /** One request in so many is taken. */
  public int step() {
    return (requests + most - 1) / most;
  }

  /** How many are taken. */
  public int size() {
    return (requests + step() - 1) / step();
  }

  /** A number of each that is taken. */
  public double[] values(IntToDoubleFunction ofRequest) {
    double[] values = new double[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = ofRequest.applyAsDouble(i * step());
    }
    return values;
  }
}
