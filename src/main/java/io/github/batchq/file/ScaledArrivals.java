package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/**
 * Arrivals as an experiment file has them, scaled in time: rates are multiplied, times divided, and
 * the pattern stays. A test tries every kind of the catalogue.
 */
final class ScaledArrivals {
  private static final Set<String> RATES = Set.of("rate", "rates", "switching");
  private static final Set<String> TIMES = Set.of("meanStays", "durations");
  private static final String SCALE = "rateScale";
  private static final String GAP = "gap";
  private static final String STARTS = "starts";

  private ScaledArrivals() {}

  /**
   * Scales arrivals.
   *
   * @param arrivals keys of an arrival process
   * @param factor by which its rate grows, positive and finite
   */
  static ObjectNode of(ObjectNode arrivals, double factor) {
    ObjectNode scaled = arrivals.deepCopy();
    for (String key : YamlTree.keysOf(arrivals)) {
      JsonNode value = arrivals.path(key);
      if (RATES.contains(key)) {
        scaled.set(key, times(value, factor));
      } else if (TIMES.contains(key)) {
        scaled.set(key, times(value, 1 / factor));
      } else if (value instanceof ObjectNode starts && key.equals(STARTS)) {
        scaled.set(key, of(starts, factor));
      } else if (key.equals(GAP)) {
        ObjectNode gap = scaled.objectNode();
        gap.put(Catalogue.LAWS.key(), "scaled");
        gap.set("of", value);
        gap.put("factor", 1 / factor);
        scaled.set(key, gap);
      }
    }
    if (arrivals.has("trace")) {
      double own = arrivals.has(SCALE) ? arrivals.path(SCALE).asDouble() : 1;
      scaled.put(SCALE, own * factor);
    }
    return scaled;
  }

  /** A number, or all numbers of a list, multiplied. */
  private static JsonNode times(JsonNode value, double factor) {
    if (!value.isArray()) {
      return DoubleNode.valueOf(value.asDouble() * factor);
    }
    ArrayNode list = value.deepCopy();
    for (int i = 0; i < value.size(); i++) {
      list.set(i, times(value.path(i), factor));
    }
    return list;
  }
}
