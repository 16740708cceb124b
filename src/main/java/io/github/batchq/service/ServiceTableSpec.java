package io.github.batchq.service;

import io.github.batchq.model.DataFile;

/**
 * Measured service times of batches, with linear interpolation between them.
 *
 * @param file CSV file with the columns batchSize, length and seconds, ordered by size and then by
 *     length, with the same lengths for every size
 */
public record ServiceTableSpec(DataFile file) implements ServiceModelSpec {
  @Override
  public ServiceTimeModel create() {
    return ServiceTable.read(file);
  }
}
