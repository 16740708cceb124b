package io.github.batchq.file.data;

import io.github.batchq.model.BadRows;
import io.github.batchq.model.Key;
import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.service.ServiceTableBuilder;
import io.github.batchq.service.ServiceTimeModel;

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
  /**
   * Reads the file.
   *
   * @throws io.github.batchq.model.BadInputException if it is no full grid of positive times; names
   *     file, line and reason
   */
  @Override
  public ServiceTimeModel create() {
    ServiceTableBuilder table = new ServiceTableBuilder();
    try (CsvReader reader = CsvReader.open(file, MeasurementFile.COLUMNS)) {
      reader.forEachRow(() -> table.add(MeasurementFile.row(reader)), BadRows.none());
    }
    return table.build(file.toString());
  }
}
