package io.github.batchq.workload;

/** The description of an arrival process as a user writes it: an immutable record. */
public interface ArrivalSpec {
  /**
   * The arrival process that this describes.
   *
   * @param traces where a recorded trace comes from
   * @throws io.github.batchq.model.BadInputException if a file that the description names is
   *     missing or malformed
   */
  ArrivalProcess create(Traces traces);
}
