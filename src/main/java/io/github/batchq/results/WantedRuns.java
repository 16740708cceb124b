package io.github.batchq.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Round;
import io.github.batchq.model.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file {@code wanted.json}: the runs that a precision asks for after those that are made. */
public final class WantedRuns {
  /** Name of the file. */
  public static final String FILE = "wanted.json";

  private static final String FINGERPRINT = "fingerprint";
  private static final String RUNS = "runs";

  private WantedRuns() {}

  /** The file's content for a round of an experiment. */
  public static byte[] of(Experiment experiment, Round round) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put(Manifest.VERSION, Manifest.version());
    root.put(FINGERPRINT, Fingerprint.of(experiment));
    root.set(RUNS, tree(round));
    return JsonFile.text(root);
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException if it cannot be read, is no such file, or is of another experiment
   */
  public static Round read(Path file, Experiment experiment) {
    ObjectNode root = JsonFile.read(file, "the JSON of wanted runs");
    if (!root.path(FINGERPRINT).asText().equals(Fingerprint.of(experiment))) {
      throw new BadInputException(
          "--wanted: the runs in "
              + file
              + " are of another experiment, seed or version of batchq, or of other data");
    }
    Round round = round(root.path(RUNS), file);
    check(round, experiment, file);
    return round;
  }

  /** Refuses runs that the experiment never asks for. */
  static void check(Round round, Experiment experiment, Path file) {
    for (Round.Replications some : round.wanted()) {
      if (some.point() >= experiment.points().size() || some.to() > experiment.mostReplications()) {
        throw new BadInputException(
            file
                + " is damaged: the experiment never has "
                + some.to()
                + " replications of point "
                + some.point());
      }
    }
  }

  static ArrayNode tree(Round round) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Round.Replications some : round.wanted()) {
      list.addObject().put("point", some.point()).put("from", some.from()).put("to", some.to());
    }
    return list;
  }

  static Round round(JsonNode list, Path file) {
    List<Round.Replications> wanted = new ArrayList<>();
    for (JsonNode some : list) {
      int point = some.path("point").asInt(-1);
      int from = some.path("from").asInt(-1);
      int to = some.path("to").asInt(-1);
      if (point < 0 || from < 0 || to <= from) {
        throw new BadInputException(file + " is damaged: it has no runs " + some);
      }
      wanted.add(new Round.Replications(point, from, to));
    }
    return new Round(wanted);
  }
}
