package io.github.batchq.service;

import io.github.batchq.model.DataFile;
import io.github.batchq.model.Key;

/**
 * Measured service times of batches, with linear interpolation between them.
 *
 * @param file CSV file with the columns batchSize, length and seconds, ordered by size and then by
 *     length, with the same lengths for every size
 */
public record ServiceTableSpec(
    @Key(
            about =
                "CSV file with the columns batchSize, length and seconds, ordered by size and then by length, with the same lengths for every size",
            example = "'resource:sample-batches.csv'")
        DataFile file)
    implements ServiceModelSpec {
  @Override
  public ServiceTimeModel create() {
    return ServiceTable.read(file);
  }
}
