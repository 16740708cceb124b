package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.batchq.model.ChartSpec;
import io.github.batchq.model.ResultTable;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a page is made of, all of it from one folder of results.
 *
 * @param name of the folder, for the title where the manifest has none
 * @param manifest how the results came about; an empty object where that is not known
 * @param tables by the names of their files
 * @param texts pages of text in Markdown, by the names of their files
 * @param charts those that the experiment describes
 * @param contests who is best by a metric, by its name, as {@code batchq best} tells; an empty
 *     table where the runs are too few to compare, or finite ones stand beside steady ones
 * @param repeat how single points are made again; null where they cannot be
 * @param unitOfMetric unit of the metric of a name; 1 or nothing for a share
 */
public record PageInput(
    String name,
    JsonNode manifest,
    Map<String, ResultTable> tables,
    Map<String, String> texts,
    List<ChartSpec> charts,
    Map<String, ResultTable> contests,
    @Nullable Repeat repeat,
    Function<String, String> unitOfMetric) {
  /** The table of the points of a sweep. */
  static final String SUMMARY = "summary.csv";

  /**
   * How single points of {@code summary.csv} are made again.
   *
   * @param file the experiment file that the commands name
   * @param commands one for each row
   */
  public record Repeat(String file, List<String> commands) {}

  /** The points of the sweep, or null. */
  @Nullable ResultTable summary() {
    return manifest.has("experiment") ? tables.get(SUMMARY) : null;
  }
}
