package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.model.ResultTable;
import java.util.List;

/**
 * A table of a page, which its script makes sortable and searchable. A metric, its interval and its
 * theory take one column each; cells are as they stand in the file, and rounded when shown.
 *
 * @param name of its file
 */
record PageTable(String name, ResultTable table) {
  private static final String INTERVAL = ".ci95";
  private static final String FREEDOM = ".df";
  private static final String KIND = ".theory.kind";

  /** The place of a table in the page. */
  static String id(String name) {
    return "table-" + name.replaceAll("[^A-Za-z0-9_-]", "-");
  }

  /** The place in the page where the script puts it. */
  String html() {
    return "<section class=\"table\" id=\""
        + id(name)
        + "\" data-table=\""
        + Html.text(name)
        + "\"><h3>"
        + Html.text(name)
        + "</h3></section>\n";
  }

  /**
   * What the script needs: names of columns, which of them stand beside another one's values, and
   * rows of texts.
   */
  ObjectNode data() {
    ObjectNode data = Specification.object().put("name", name);
    ArrayNode columns = data.putArray("columns");
    for (String column : table.columns()) {
      if (!isBeside(column)) {
        columns
            .addObject()
            .put("name", column)
            .put("interval", place(column + INTERVAL))
            .put("kind", column.endsWith(".theory") ? place(column + ".kind") : -1)
            .put("at", table.columns().indexOf(column));
      }
    }
    ArrayNode rows = data.putArray("rows");
    for (List<String> row : table.rows()) {
      ArrayNode cells = rows.addArray();
      row.forEach(cells::add);
    }
    return data;
  }

  private int place(String column) {
    return table.columns().indexOf(column);
  }

  /** Whether the cells of a column are shown with those of another. */
  private boolean isBeside(String column) {
    return isAfter(column, INTERVAL) || isAfter(column, FREEDOM) || isAfter(column, KIND);
  }

  private boolean isAfter(String column, String ending) {
    return column.endsWith(ending)
        && table.has(column.substring(0, column.length() - ending.length()));
  }
}
