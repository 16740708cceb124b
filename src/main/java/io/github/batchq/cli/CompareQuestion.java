package io.github.batchq.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.metric.Metric;
import io.github.batchq.results.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code batchq compare} asks of the runs of an experiment.
 *
 * @param baseline texts {@code PATH=VALUE}
 * @param metrics what is compared
 * @param confidence of the verdicts of one group about one metric together, between 0.5 and 1
 */
record CompareQuestion(List<String> baseline, List<Metric> metrics, double confidence) {
  private static final String BASELINE = "baseline";
  private static final String CONFIDENCE = "confidence";

  /** The question as parts of the runs carry it. */
  JsonNode tree() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    baseline.forEach(tree.putArray(BASELINE)::add);
    metrics.stream().map(Metric::id).forEach(tree.putArray(Part.METRICS)::add);
    return tree.put(CONFIDENCE, confidence);
  }

  /** The question of a tree; null if there is none. */
  static @Nullable CompareQuestion of(@Nullable JsonNode tree) {
    return tree == null
        ? null
        : new CompareQuestion(
            tree.path(BASELINE).valueStream().map(JsonNode::asText).toList(),
            tree.path(Part.METRICS).valueStream().map(name -> Metric.named(name.asText())).toList(),
            tree.path(CONFIDENCE).asDouble());
  }
}
