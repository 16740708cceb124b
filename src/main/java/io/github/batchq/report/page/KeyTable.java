package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** A tree, such as a scenario or a manifest, as a table of its keys. */
final class KeyTable {
  private KeyTable() {}

  /** The values of a tree by their paths, in its order. */
  static Map<String, String> rows(JsonNode tree) {
    Map<String, String> rows = new LinkedHashMap<>();
    add("", tree, rows);
    return rows;
  }

  private static void add(String path, JsonNode node, Map<String, String> rows) {
    if (node.isObject() && !node.isEmpty()) {
      String start = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(one -> add(start + one.getKey(), one.getValue(), rows));
    } else {
      rows.put(path, node.isContainerNode() ? node.toString() : node.asText());
    }
  }

  /** A table that opens on a click. */
  static String html(String title, Map<String, String> rows) {
    StringBuilder html = new StringBuilder("<details><summary>" + title + "</summary>");
    html.append("<table class=\"keys\"><tbody>\n");
    rows.forEach(
        (key, value) ->
            html.append("<tr><th scope=\"row\">")
                .append(Html.text(key))
                .append("</th>")
                .append(Html.element("td", value))
                .append("</tr>\n"));
    return html.append("</tbody></table></details>\n").toString();
  }
}
