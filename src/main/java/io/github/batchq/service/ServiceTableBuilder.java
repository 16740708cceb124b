package io.github.batchq.service;

import io.github.batchq.model.BadInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a service-time model of batches that were measured on a grid of batch sizes and longest
 * lengths, with bilinear interpolation between them. Measurements come ordered by size and then by
 * length, with the same lengths for every size.
 */
public final class ServiceTableBuilder {
  private final List<Double> sizes = new ArrayList<>();
  private final List<Double> lengths = new ArrayList<>();

  /** Size by size. */
  private final List<Double> seconds = new ArrayList<>();

  /** How many lengths of the last size there are. */
  private int place;

  /**
   * Adds a measured batch; its prompts do not count.
   *
   * @throws IllegalArgumentException if it is not the next one of a grid
   */
  public void add(Measurement batch) {
    if (sizes.isEmpty() || batch.batchSize() != last(sizes)) {
      if (!sizes.isEmpty() && batch.batchSize() < last(sizes)) {
        throw new IllegalArgumentException(
            "rows must be ordered by batchSize, found "
                + batch.batchSize()
                + " after "
                + (int) last(sizes));
      }
      if (place < lengths.size()) {
        throw new IllegalArgumentException(missing());
      }
      sizes.add((double) batch.batchSize());
      place = 0;
    }
    if (sizes.size() == 1) {
      if (!lengths.isEmpty() && batch.length() <= last(lengths)) {
        throw new IllegalArgumentException(
            "the lengths of a batchSize must increase, found "
                + batch.length()
                + " after "
                + last(lengths));
      }
      lengths.add(batch.length());
    } else if (place == lengths.size() || batch.length() != lengths.get(place)) {
      throw new IllegalArgumentException(
          "every batchSize needs the same lengths in the same order, found "
              + batch.length()
              + " where "
              + (place == lengths.size() ? "the next batchSize" : lengths.get(place).toString())
              + " was expected");
    }
    place++;
    seconds.add(batch.seconds());
  }

  /**
   * The model, which refuses batches outside the grid.
   *
   * @param name what messages call the grid, such as the file that it comes from
   * @throws BadInputException if there is no measurement, or the last size lacks some
   */
  public ServiceTimeModel build(String name) {
    if (sizes.isEmpty()) {
      throw new BadInputException(name + " has no measurement, at least one was expected");
    }
    if (place < lengths.size()) {
      throw new BadInputException(name + ": " + missing());
    }
    ServiceRange range =
        new ServiceRange(
            "the table " + name,
            (int) (double) sizes.get(0),
            (int) last(sizes),
            new ServiceRange.Lengths(lengths.get(0), last(lengths)));
    return new RangedService(new ServiceTable(sizes, lengths, seconds), range);
  }

  private String missing() {
    return "batchSize " + (int) last(sizes) + " has no row of length " + lengths.get(place);
  }

  private static double last(List<Double> values) {
    return values.get(values.size() - 1);
  }
}
