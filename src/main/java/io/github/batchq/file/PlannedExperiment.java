package io.github.batchq.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** The experiment file of a configuration that a plan found. */
public final class PlannedExperiment {
  private static final int REPLICATIONS = 24;

  private PlannedExperiment() {}

  /**
   * The text of the file.
   *
   * @param question what was asked
   * @param choice the policy
   * @param run the traffic, the policy, the servers and the length of runs
   * @param metrics what it measures
   * @param folder where the file will stand, so that it names its data files from there
   */
  public static String text(
      PlanQuestion question,
      PolicyChoice choice,
      PreparedScenario run,
      List<Metric> metrics,
      Path folder) {
    ObjectNode file = question.resolved().objectNode();
    file.put("name", question.name() + "-best");
    file.put("title", "The configuration that the plan " + question.name() + " found");
    ObjectNode scenario = file.putObject("scenario");
    JsonNode traffic = question.resolved().path("traffic");
    for (String key : YamlTree.keysOf(traffic)) {
      scenario.set(key, relative(traffic.path(key), question.folder(), folder));
    }
    scenario.set("arrivals", arrivals(question, run, (ObjectNode) scenario.path("arrivals")));
    scenario.set("policy", choice.tree());
    scenario.put("servers", run.servers().count());
    scenario.put("price", question.price());
    WarmUp warmUp = run.warmUp();
    if (run.horizon() == Horizon.STEADY) {
      scenario.put("requests", run.requests());
      Long first = warmUp.requests();
      if (first != null && first > 0) {
        scenario.putObject("warmUp").put("requests", first);
      }
    }
    if (run.isRandom()) {
      file.put("replications", REPLICATIONS);
    }
    file.put("seed", question.seed());
    metrics.forEach(metric -> file.withArray("metrics").add(metric.id()));
    return YamlText.of(file);
  }

  /** The arrivals at the rate that was planned for. */
  private static ObjectNode arrivals(
      PlanQuestion question, PreparedScenario run, ObjectNode arrivals) {
    double own = question.ownRate();
    double factor = run.arrivals().rate() / own;
    return Double.isFinite(own) && factor != 1 ? ScaledArrivals.of(arrivals, factor) : arrivals;
  }

  /** A tree whose texts that name files name them from another folder. */
  private static JsonNode relative(JsonNode node, Path from, Path to) {
    if (node.isTextual()) {
      return named(node.asText(), from, to);
    }
    JsonNode copy = node.deepCopy();
    if (copy instanceof ObjectNode map) {
      for (String key : YamlTree.keysOf(node)) {
        map.set(key, relative(node.path(key), from, to));
      }
    }
    return copy;
  }

  private static JsonNode named(String text, Path from, Path to) {
    try {
      Path file = from.resolve(text);
      boolean moves = !text.isBlank() && !Path.of(text).isAbsolute() && Files.isRegularFile(file);
      return TextNode.valueOf(
          moves
              ? to.toAbsolutePath()
                  .normalize()
                  .relativize(file.toAbsolutePath().normalize())
                  .toString()
                  .replace('\\', '/')
              : text);
    } catch (InvalidPathException e) {
      // No file can have this name.
      return TextNode.valueOf(text);
    }
  }
}
