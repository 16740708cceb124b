package io.github.batchq.service;

import io.github.batchq.model.BadInputException;
import org.jspecify.annotations.Nullable;

/**
 * For which batches a service-time model is valid.
 *
 * @param source what the range comes from, for messages: a file or a coefficient pack
 * @param fewest fewest requests of a batch, at least 1
 * @param most most requests of a batch, at least the fewest
 * @param lengths lengths of requests; null if the source does not limit them
 */
public record ServiceRange(String source, int fewest, int most, @Nullable Lengths lengths) {
  public ServiceRange {
    if (fewest < 1 || most < fewest) {
      throw new IllegalArgumentException(
          "batch sizes must be from 1 on and not decrease, found " + fewest + " to " + most);
    }
  }

  /**
   * Lengths of requests, in the workload's unit.
   *
   * @param from shortest, at least 0
   * @param to longest, finite, at least the shortest
   */
  public record Lengths(double from, double to) {
    public Lengths {
      if (!(from >= 0 && to >= from) || Double.isInfinite(to)) {
        throw new IllegalArgumentException(
            "lengths must be finite, at least 0 and not decrease, found " + from + " to " + to);
      }
    }
  }

  /**
   * Refuses a size of batches outside the range.
   *
   * @throws BadInputException if it is outside
   */
  public void requireSize(int size) {
    if (size < fewest || size > most) {
      throw new BadInputException(
          "a batch of "
              + size
              + " is outside "
              + source
              + ", which has batch sizes "
              + fewest
              + " to "
              + most);
    }
  }

  /**
   * Refuses a length outside the range.
   *
   * @throws BadInputException if it is outside
   */
  public void requireLength(double length) {
    if (lengths != null && !(length >= lengths.from() && length <= lengths.to())) {
      throw new BadInputException(
          "a length of "
              + length
              + " is outside "
              + source
              + ", which has lengths "
              + lengths.from()
              + " to "
              + lengths.to());
    }
  }
}
