package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Trees as YAML that a person would write: the first levels in blocks, the rest in lines. */
final class YamlText {
  private static final int BLOCKS = 2;

  private YamlText() {}

  /** A map, with a line end behind it. */
  static String of(ObjectNode map) {
    StringBuilder text = new StringBuilder();
    block(map, "", BLOCKS, text);
    return text.toString();
  }

  private static void block(ObjectNode map, String indent, int levels, StringBuilder text) {
    for (String key : YamlTree.keysOf(map)) {
      JsonNode value = map.path(key);
      text.append(indent).append(scalar(key)).append(':');
      if (value instanceof ObjectNode child && levels > 1 && !child.isEmpty()) {
        text.append('\n');
        block(child, indent + "  ", levels - 1, text);
      } else {
        text.append(' ').append(flow(value)).append('\n');
      }
    }
  }

  private static String flow(JsonNode value) {
    List<String> parts = new ArrayList<>();
    if (value.isObject()) {
      for (String key : YamlTree.keysOf(value)) {
        parts.add(scalar(key) + ": " + flow(value.path(key)));
      }
      return "{" + String.join(", ", parts) + "}";
    }
    if (value.isArray()) {
      value.forEach(element -> parts.add(flow(element)));
      return "[" + String.join(", ", parts) + "]";
    }
    if (value.isTextual()) {
      return scalar(value.asText());
    }
    return value.isFloatingPointNumber() && Double.isFinite(value.asDouble())
        ? number(value.asDouble())
        : value.isDouble() ? infinite(value.asDouble()) : value.asText();
  }

  private static String number(double value) {
    String text = new BigDecimal(Double.toString(value)).toPlainString();
    return text.length() <= 12 ? text : Double.toString(value).replace("E", "e");
  }

  private static String infinite(double value) {
    return value > 0 ? ".inf" : "-.inf";
  }

  /** A text without quotes where YAML reads it as the same text. */
  private static String scalar(String text) {
    boolean plain = text.matches("[A-Za-z][A-Za-z0-9_./ -]*[A-Za-z0-9]|[A-Za-z]");
    boolean word = text.matches("(?i)true|false|yes|no|on|off|null|y|n|inf|nan");
    return plain && !word ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
