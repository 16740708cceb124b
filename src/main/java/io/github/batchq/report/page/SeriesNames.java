package io.github.batchq.report.page;

import io.github.batchq.model.Numerals;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.AxisLabels;
import io.github.batchq.report.SweptValues;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The names by which a reader knows the values of a swept path: "bins = 4" for a number, what tells
 * it from the others for a whole policy, and any other text as it is.
 */
final class SeriesNames {
  private final Map<String, String> names = new HashMap<>();

  private SeriesNames() {}

  /** The names of the values in a column. */
  static SeriesNames of(ResultTable table, String path) {
    SeriesNames all = new SeriesNames();
    List<String> values = SummaryAxes.values(table, path);
    List<String> shortened = SweptValues.shortened(values);
    for (int i = 0; i < values.size(); i++) {
      String value = values.get(i);
      all.names.put(
          value,
          Numerals.isNumber(value)
              ? AxisLabels.lastPart(path) + " = " + Numerals.rounded(value)
              : shortened.get(i));
    }
    return all;
  }

  /** The name of a value; a value of no row is named by itself. */
  String of(String value) {
    return names.getOrDefault(value, value);
  }
}
