package io.github.batchq.workload;

import java.util.function.DoubleSupplier;

/** The description of an arrival process as a user writes it: an immutable record. */
public interface ArrivalSpec {
  /**
   * The arrival process that this describes.
   *
   * @param traces where a recorded trace comes from
   * @param capacity the largest rate that the scenario's policy and servers can carry, requests per
   *     second; asked for only by a process whose rate depends on it
   * @throws io.github.batchq.model.BadInputException if a file that the description names is
   *     missing or malformed
   * @throws IllegalArgumentException if the capacity is asked for and not known
   */
  ArrivalProcess create(Traces traces, DoubleSupplier capacity);
}
