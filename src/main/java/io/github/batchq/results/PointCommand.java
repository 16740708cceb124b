package io.github.batchq.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.batchq.file.Sweep;
import io.github.batchq.file.YamlTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands that make single points of a sweep again, with the same digits in every cell:
 * replication r of every point takes the same random numbers, whichever other points there are.
 * Columns of theory that have no value for the point are left out, as in any summary.
 *
 * @param file the experiment file that they name: that of the run where its command line changed
 *     nothing in it, else {@link #SAVED}
 * @param options seed, replications and what else all of them have
 * @param sweep the points
 */
public record PointCommand(String file, String options, Sweep sweep) {
  /** Name of the file that the experiment of the manifest must be saved to. */
  public static final String SAVED = "experiment.json";

  private static final Pattern PLAIN_RUN =
      Pattern.compile("batchq run (?!.*--set)(\\S+\\.ya?ml)( .*)?");

  /**
   * The commands for the points of a manifest.
   *
   * @return empty where it describes no experiment
   */
  public static Optional<PointCommand> of(ObjectNode manifest) {
    if (!(manifest.get(Manifest.EXPERIMENT) instanceof ObjectNode tree)) {
      return Optional.empty();
    }
    Matcher run = PLAIN_RUN.matcher(manifest.path("command").asText());
    String options =
        " --seed "
            + manifest.path(Manifest.SEED).asText()
            + " --replications "
            + manifest.path(Manifest.REPLICATIONS).asText()
            + (manifest.path(Manifest.SKIPPED).isEmpty() ? "" : " --skip-bad " + Long.MAX_VALUE)
            + " --set 'charts=[]'";
    return Optional.of(
        new PointCommand(
            run.matches() ? run.group(1) : SAVED,
            options,
            Sweep.read(new YamlTree(Manifest.FILE, tree, Map.of(), Map.of()))));
  }

  /**
   * The command for a point.
   *
   * @param row its row in the summary, from 0
   */
  public String of(int row) {
    List<JsonNode> values = sweep.points().get(row);
    List<String> chosen = new ArrayList<>();
    for (int p = 0; p < values.size(); p++) {
      chosen.add(TextNode.valueOf(sweep.paths().get(p)) + ":[" + values.get(p) + "]");
    }
    String point =
        chosen.isEmpty()
            ? ""
            : " --set 'sweep={" + String.join(",", chosen).replace("'", "'\\''") + "}'";
    return "batchq run " + file + options + point + " --out point";
  }
}
