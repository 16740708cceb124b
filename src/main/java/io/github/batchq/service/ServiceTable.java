package io.github.batchq.service;

import io.github.batchq.model.BatchShape;
import java.util.Arrays;
import java.util.List;

/**
 * Seconds of a batch from measurements on a grid of batch sizes and longest lengths: bilinear
 * interpolation, exact at the measurements. Only for batches within the grid.
 */
final class ServiceTable implements ServiceTimeModel {
  private final double[] sizes;
  private final double[] lengths;

  /** Size by size. */
  private final double[] seconds;

  /**
   * @param sizes batch sizes, increasing
   * @param lengths longest lengths, increasing
   * @param seconds times of the batches, size by size
   */
  ServiceTable(List<Double> sizes, List<Double> lengths, List<Double> seconds) {
    this.sizes = array(sizes);
    this.lengths = array(lengths);
    this.seconds = array(seconds);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Override
  public double seconds(BatchShape batch) {
    return seconds(batch.size(), batch.longestLength());
  }

  @Override
  public double ownSeconds(BatchShape batch, double[] members) {
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum += seconds(batch.size(), members[i]);
    }
    return sum;
  }

  private double seconds(int size, double length) {
    int row = before(sizes, size);
    double share = share(sizes, row, size);
    double below = inRow(row, length);
    return share == 0 ? below : (1 - share) * below + share * inRow(row + 1, length);
  }

  private double inRow(int row, double length) {
    int column = before(lengths, length);
    double share = share(lengths, column, length);
    double below = seconds[row * lengths.length + column];
    return share == 0
        ? below
        : (1 - share) * below + share * seconds[row * lengths.length + column + 1];
  }

  /** The last of the values that is not larger. */
  private static int before(double[] values, double value) {
    int found = Arrays.binarySearch(values, value);
    return found >= 0 ? found : -found - 2;
  }

  /** How far a value has come from one of the values to the next. */
  private static double share(double[] values, int from, double value) {
    return value == values[from] ? 0 : (value - values[from]) / (values[from + 1] - values[from]);
  }
}
