package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.JsonNode;

/** Puts texts into a page, where none of them is taken for markup. */
final class Html {
  private Html() {}

  /** A text as content or as the value of an attribute in double quotes. */
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** An element with a text as its content. */
  static String element(String name, String text) {
    return "<" + name + ">" + text(text) + "</" + name + ">";
  }

  /** Data for the script of the page; no text in them can end the element that they stand in. */
  static String data(String id, JsonNode data) {
    return "<script type=\"application/json\" id=\""
        + text(id)
        + "\">"
        + data.toString().replace("<", "\\u003c").replace("\u2028", "\\u2028")
        + "</script>\n";
  }
}
