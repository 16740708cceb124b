package io.github.batchq.report.page;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The question that an experiment asks, in words and as a table of its scenario.
 *
 * @param scenario the tree of the scenario in the manifest
 * @param swept the texts of the values of each swept path
 * @param manifest the manifest
 */
record Question(JsonNode scenario, Map<String, List<String>> swept, JsonNode manifest) {
  private static final int FEW = 6;

  /** The keys of a scenario that say what is simulated. */
  private static final List<String> PARTS =
      List.of("arrivals", "service", "predictor", "policy", "servers");

  /** The sentences: what is asked, of which requests and servers, and by how many runs. */
  String words() {
    List<String> varied = new ArrayList<>();
    String asked = "What happens";
    for (Map.Entry<String, List<String>> one : swept.entrySet()) {
      boolean policy = one.getKey().equals("policy") || one.getKey().startsWith("policy.");
      if (policy && asked.equals("What happens")) {
        asked =
            one.getKey().equals("policy")
                ? "Which of " + one.getValue().size() + " policies is best"
                : "Which " + one.getKey() + " is best, " + or(one.getValue());
      } else {
        varied.add(several(one.getKey(), one.getValue()));
      }
    }
    List<String> facts = new ArrayList<>();
    for (String part : PARTS) {
      if (scenario.has(part) && !swept.containsKey(part)) {
        facts.add(part + ": " + call(part, scenario.path(part)));
      }
    }
    return asked
        + (varied.isEmpty() ? "" : " for " + String.join(", and for ", varied))
        + "? Of every point: "
        + String.join("; ", facts)
        + "."
        + runs();
  }

  private static String several(String path, List<String> values) {
    return values.size() <= FEW
        ? path + " " + or(values)
        : values.size()
            + " values of "
            + path
            + " from "
            + values.get(0)
            + " to "
            + values.get(values.size() - 1);
  }

  private static String or(List<String> values) {
    int last = values.size() - 1;
    return last == 0
        ? values.get(0)
        : String.join(", ", values.subList(0, last)) + " or " + values.get(last);
  }

  private boolean isSwept(String key) {
    return swept.keySet().stream().anyMatch(path -> path.equals(key) || path.startsWith(key + "."));
  }

  /** A part as a call of its first value: {@code poisson(rate=0.5)}; what is swept is left out. */
  private String call(String path, JsonNode node) {
    if (!node.isObject()) {
      return node.isContainerNode() ? node.toString() : node.asText();
    }
    String head = "";
    List<String> rest = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String inner = path + "." + entry.getKey();
      if (swept.containsKey(inner)) {
        continue;
      }
      String value = call(inner, entry.getValue());
      if (head.isEmpty() && entry.getValue().isTextual()) {
        head = value;
      } else {
        rest.add(entry.getKey() + " = " + value);
      }
    }
    String inside = String.join(", ", rest);
    return head.isEmpty() ? inside : rest.isEmpty() ? head : head + " (" + inside + ")";
  }

  private String runs() {
    List<String> parts = new ArrayList<>();
    JsonNode runs = manifest.path("replications");
    if (!runs.isMissingNode()) {
      parts.add(
          runs.asInt() == 1
              ? "every point is one run"
              : "every point is the mean of "
                  + runs.asText()
                  + " runs"
                  + (manifest.path("experiment").has("precision") ? " or more" : ""));
    }
    JsonNode requests = scenario.path("requests");
    if (requests.isNumber() && !isSwept("requests")) {
      parts.add("a run has " + grouped(requests.asText()) + " requests");
    }
    JsonNode warmUp = scenario.path("warmUp").path("requests");
    if (warmUp.isNumber() && !isSwept("warmUp")) {
      parts.add("of which the first " + grouped(warmUp.asText()) + " are not counted");
    }
    String all = String.join(", ", parts);
    return all.isEmpty()
        ? ""
        : " " + all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1) + ".";
  }

  /** 20000 as 20,000. */
  private static String grouped(String digits) {
    return digits.replaceAll("(?<=[0-9])(?=([0-9]{3})+$)", ",");
  }

  /** The scenario by its keys, with what a sweep overwrites and what it adds. */
  Map<String, String> rows() {
    Map<String, String> rows = KeyTable.rows(scenario);
    swept.forEach(
        (path, values) -> {
          rows.keySet().removeIf(key -> key.startsWith(path + "."));
          rows.put(path, "swept: " + String.join(", ", values));
        });
    return rows;
  }
}
