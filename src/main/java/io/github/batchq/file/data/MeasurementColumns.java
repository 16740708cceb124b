package io.github.batchq.file.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a file of measured batches is what.
 *
 * @param batchSize column of the numbers of requests
 * @param length column of the longest lengths
 * @param seconds column of the times
 * @param promptTokens column of the prompt tokens; null for {@code promptTokens} where it is there
 * @param promptsOfOne whether these are of one request, as all of its batch have; else of all
 *     requests of a batch
 * @param unit unit of the times
 * @param groups columns of which each combination of values is measured on its own
 */
public record MeasurementColumns(
    String batchSize,
    String length,
    String seconds,
    @Nullable String promptTokens,
    boolean promptsOfOne,
    UnitOfTime unit,
    List<String> groups) {
  /** The columns of a file as batchq writes them. */
  public static final MeasurementColumns DEFAULT =
      new MeasurementColumns(
          "batchSize", "length", "seconds", null, false, UnitOfTime.S, List.of());

  public MeasurementColumns {
    groups = List.copyOf(groups);
  }
}
