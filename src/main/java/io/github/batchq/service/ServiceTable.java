package io.github.batchq.service;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BatchShape;
import io.github.batchq.model.CsvReader;
import io.github.batchq.model.DataFile;
import java.util.ArrayList;
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

  private ServiceTable(List<Double> sizes, List<Double> lengths, List<Double> seconds) {
    this.sizes = array(sizes);
    this.lengths = array(lengths);
    this.seconds = array(seconds);
  }

  /**
   * Reads a grid; the model refuses what lies outside it.
   *
   * @throws BadInputException if the file is no full grid of positive times
   */
  static ServiceTimeModel read(DataFile file) {
    List<Double> sizes = new ArrayList<>();
    List<Double> lengths = new ArrayList<>();
    List<Double> seconds = new ArrayList<>();
    int place = 0;
    try (CsvReader reader = CsvReader.open(file, Measurement.COLUMNS)) {
      while (reader.next()) {
        Measurement row = Measurement.of(reader, false);
        if (sizes.isEmpty() || row.batchSize() != last(sizes)) {
          if (!sizes.isEmpty() && row.batchSize() < last(sizes)) {
            throw reader.refuse(
                "rows must be ordered by batchSize, found "
                    + row.batchSize()
                    + " after "
                    + (int) last(sizes));
          }
          if (place < lengths.size()) {
            throw reader.refuse(missing(sizes, lengths, place));
          }
          sizes.add((double) row.batchSize());
          place = 0;
        }
        if (sizes.size() == 1) {
          if (!lengths.isEmpty() && row.length() <= last(lengths)) {
            throw reader.refuse(
                "the lengths of a batchSize must increase, found "
                    + row.length()
                    + " after "
                    + last(lengths));
          }
          lengths.add(row.length());
        } else if (place == lengths.size() || row.length() != lengths.get(place)) {
          throw reader.refuse(
              "every batchSize needs the same lengths in the same order, found "
                  + row.length()
                  + " where "
                  + (place == lengths.size() ? "the next batchSize" : lengths.get(place))
                  + " was expected");
        }
        place++;
        seconds.add(row.seconds());
      }
    }
    if (sizes.isEmpty()) {
      throw new BadInputException(file + " has no measurement, at least one was expected");
    }
    if (place < lengths.size()) {
      throw new BadInputException(file + ": " + missing(sizes, lengths, place));
    }
    ServiceRange range =
        new ServiceRange(
            "the table " + file,
            (int) (double) sizes.get(0),
            (int) last(sizes),
            new ServiceRange.Lengths(lengths.get(0), last(lengths)));
    return new RangedService(new ServiceTable(sizes, lengths, seconds), range);
  }

  private static String missing(List<Double> sizes, List<Double> lengths, int place) {
    return "batchSize " + (int) last(sizes) + " has no row of length " + lengths.get(place);
  }

  private static double last(List<Double> values) {
    return values.get(values.size() - 1);
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
