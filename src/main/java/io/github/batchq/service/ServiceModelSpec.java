package io.github.batchq.service;

/** The description of a service-time model as a user writes it: an immutable record. */
public interface ServiceModelSpec {
  /**
   * The model that this describes; reads its data file if it has one.
   *
   * @throws io.github.batchq.model.BadInputException if that file is missing or malformed
   */
  ServiceTimeModel create();
}
