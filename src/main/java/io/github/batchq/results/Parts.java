package io.github.batchq.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.experiment.Round;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.experiment.Slice;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an experiment, which together have all runs of one round or more: a journal that
 * knows every one of them.
 */
public final class Parts implements RunJournal {
  private static final List<String> EXECUTION =
      List.of("shard", "commit", "jdk", "command", "engine", "threads", "start", "durationSeconds");

  private final List<Part> parts;
  private final Experiment experiment;
  private final Map<Pair, RunMeasurement> runs = new HashMap<>();

  private Parts(List<Part> parts, Experiment experiment) {
    this.parts = parts;
    this.experiment = experiment;
  }

  /**
   * Reads parts and checks that they belong together and that nothing is missing.
   *
   * @param folders their folders, at least one
   * @throws BadInputException if one is no part, two are of different experiments, versions or
   *     numbers of slices, a slice is missing or there twice, or a run of a part is damaged
   */
  public static Parts of(List<Path> folders) {
    List<Part> parts = folders.stream().map(Part::read).toList();
    parts.forEach(Parts::checkVersion);
    parts.forEach(part -> checkSame(parts.get(0), part));
    checkRounds(parts);
    Experiment experiment = parts.get(0).experiment();
    if (!Fingerprint.of(experiment).equals(parts.get(0).fingerprint())) {
      throw new BadInputException(
          parts.get(0) + " has other runs than those of the experiment in its " + Part.FILE);
    }
    Parts all = new Parts(parts, experiment);
    parts.forEach(all::add);
    return all;
  }

  private static void checkVersion(Part part) {
    String version = part.get(Manifest.VERSION).asText();
    if (!version.equals(Manifest.version())) {
      throw new BadInputException(
          part
              + " was made by batchq "
              + version
              + ", and this is "
              + Manifest.version()
              + ": merge it with that version, or make its runs again");
    }
  }

  private static void checkSame(Part first, Part part) {
    Map<String, Object> others = part.common();
    first
        .common()
        .forEach(
            (key, value) -> {
              Object other = others.get(key);
              if (!value.equals(other)) {
                throw new BadInputException(
                    part
                        + " is not of the same sweep as "
                        + first
                        + ": they differ in '"
                        + key
                        + "'"
                        + (value instanceof NumericNode ? ", " + other + " and " + value : ""));
              }
            });
  }

  /** The parts by round, the first round first. */
  private static void checkRounds(List<Part> parts) {
    Map<List<Round.Replications>, List<Part>> rounds = new LinkedHashMap<>();
    rounds.put(List.of(), new ArrayList<>());
    for (Part part : parts) {
      Round wanted = part.assignment().wanted();
      rounds
          .computeIfAbsent(wanted == null ? List.of() : wanted.wanted(), key -> new ArrayList<>())
          .add(part);
    }
    rounds.forEach(
        (wanted, slices) -> {
          if (slices.isEmpty()) {
            throw new BadInputException(
                "the parts of the first round are missing, which were made without --wanted: "
                    + parts.get(0)
                    + " has more runs of the same sweep");
          }
          checkSlices(slices, wanted);
        });
  }

  private static void checkSlices(List<Part> parts, List<Round.Replications> wanted) {
    int count = parts.get(0).assignment().slice().count();
    Map<Integer, Part> found = new TreeMap<>();
    for (Part part : parts) {
      Slice slice = part.assignment().slice();
      if (slice.count() != count) {
        throw new BadInputException(
            part
                + " is slice "
                + slice
                + ", and "
                + parts.get(0)
                + " slice "
                + parts.get(0).assignment().slice()
                + ": all must be of one number of slices");
      }
      Part other = found.put(slice.index(), part);
      if (other != null) {
        throw new BadInputException(
            "slice " + slice + " is there twice, in " + other + " and " + part);
      }
    }
    List<String> missing = new ArrayList<>();
    for (int index = 1; index <= count; index++) {
      if (!found.containsKey(index)) {
        missing.add(new Slice(index, count).toString());
      }
    }
    if (!missing.isEmpty()) {
      throw new BadInputException(
          (missing.size() == 1 ? "slice " : "slices ")
              + String.join(", ", missing)
              + (wanted.isEmpty()
                  ? ""
                  : " of the runs that are wanted from "
                      + place(new Pair(wanted.get(0).point(), wanted.get(0).from()))
                      + " on")
              + (missing.size() == 1 ? " is" : " are")
              + " missing");
    }
  }

  private static String place(Pair pair) {
    return "replication " + pair.replication() + " of point " + pair.point();
  }

  private void add(Part part) {
    Round wanted = part.assignment().wanted();
    if (wanted != null) {
      WantedRuns.check(wanted, experiment, part.folder().resolve(Part.FILE));
    }
    Map<Pair, RunMeasurement> whole = part.runs(experiment);
    List<Pair> pairs = part.assignment().pairs(experiment);
    List<Pair> damaged = pairs.stream().filter(pair -> !whole.containsKey(pair)).toList();
    if (!damaged.isEmpty()) {
      throw new BadInputException(
          part
              + " lacks "
              + damaged.size()
              + " of its "
              + pairs.size()
              + " runs, the first one "
              + place(damaged.get(0))
              + experiment.points().get(damaged.get(0).point()).at()
              + ": "
              + Part.RUNS
              + " was changed or cut off; the command that made it makes them again with --resume");
    }
    pairs.forEach(pair -> runs.put(pair, whole.get(pair)));
  }

  /** The experiment, prepared again. */
  public Experiment experiment() {
    return experiment;
  }

  /** What is asked of the runs other than what {@code run} writes; null if nothing is. */
  public @Nullable JsonNode question() {
    return parts.get(0).assignment().question();
  }

  /** The command line of the first part. */
  public String command() {
    return parts.get(0).get("command").asText();
  }

  /** The number of parts. */
  public int size() {
    return parts.size();
  }

  /** The files that are read, with the data of the experiment. */
  public List<Path> files() {
    return Stream.concat(
            parts.stream().flatMap(part -> part.files().stream()), experiment.named().stream())
        .toList();
  }

  /** How each part was made. */
  ArrayNode executions() {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (Part part : parts) {
      ObjectNode execution = list.addObject();
      for (String key : EXECUTION) {
        if (!part.get(key).isMissingNode()) {
          execution.set(key, part.get(key));
        }
      }
    }
    return list;
  }

  @Override
  public @Nullable RunMeasurement find(int point, int replication) {
    return runs.get(new Pair(point, replication));
  }

  /** Every run was made before. */
  @Override
  public void finished(int point, int replication, RunMeasurement measurement) {
    throw new IllegalStateException("a run was made that parts should have");
  }
}
