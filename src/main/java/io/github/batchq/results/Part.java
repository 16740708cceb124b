package io.github.batchq.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.Pair;
import io.github.batchq.experiment.Slice;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.scenario.RunMeasurement;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The folder of a finished part: its runs as the journal has them, and beside them what they are,
 * the experiment included, so that they can be merged without its file.
 */
public final class Part {
  /** Name of the file that says what the runs are. It appears last, when the part is whole. */
  public static final String FILE = "part.json";

  /** Name of the file of the runs. */
  public static final String RUNS = "runs.part";

  private static final String SHARD = "shard";
  private static final String WANTED = "wanted";

  /** Key of a question: the metrics that it is about. */
  public static final String METRICS = "metrics";

  private static final String QUESTION = "question";
  private static final String FINGERPRINT = "fingerprint";
  private static final String FOLDER = "folder";
  private static final String DATA = "data";

  private static final List<String> COMMON =
      List.of(Manifest.EXPERIMENT, Manifest.SEED, Manifest.REPLICATIONS, QUESTION);

  private final Path folder;
  private final ObjectNode tree;
  private final Assignment assignment;

  private Part(Path folder, ObjectNode tree) {
    this.folder = folder;
    this.tree = tree;
    Path file = folder.resolve(FILE);
    try {
      this.assignment =
          new Assignment(
              Slice.parse(tree.path(SHARD).asText()),
              tree.has(WANTED) ? WantedRuns.round(tree.path(WANTED), file) : null,
              tree.get(QUESTION));
    } catch (BadInputException e) {
      throw new BadInputException(file + " is damaged: " + e.getMessage(), e);
    }
  }

  /**
   * The files of a part, from the runs that a journal has left in a folder.
   *
   * @param folder the folder of the journal
   * @throws IllegalStateException if a run of the part is not among them
   */
  public static Map<String, FileContent> files(
      Path folder, Experiment experiment, Assignment assignment, Execution execution) {
    List<String> journal = RunLines.lines(folder.resolve(JournalFile.NAME));
    // Of the data that the runs were made with, not of what may stand in their files by now.
    String fingerprint = journal.get(0);
    Map<Pair, RunMeasurement> runs = RunLines.read(journal, experiment.measured());
    FileContent lines =
        out -> {
          OutputStream buffered = new BufferedOutputStream(out);
          buffered.write(RunLines.first(fingerprint));
          for (Pair pair : assignment.pairs(experiment)) {
            RunMeasurement run = runs.get(pair);
            if (run == null) {
              throw new IllegalStateException("the journal lost " + pair);
            }
            buffered.write(RunLines.line(pair, run));
          }
          buffered.flush();
        };
    ObjectNode root = Manifest.describe(execution);
    Manifest.describe(root, experiment);
    root.put(SHARD, assignment.slice().toString());
    if (assignment.wanted() != null) {
      root.set(WANTED, WantedRuns.tree(assignment.wanted()));
    }
    if (assignment.question() != null) {
      root.set(QUESTION, assignment.question());
    }
    root.put(FINGERPRINT, fingerprint);
    root.put(FOLDER, experiment.folder().toAbsolutePath().toString());
    ObjectNode data = root.putObject(DATA);
    Fingerprint.data(experiment).forEach(data::put);
    root.set(Manifest.EXPERIMENT, experiment.resolved());
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put(RUNS, lines);
    files.put(FILE, FileContent.of(JsonFile.exact(root)));
    return files;
  }

  /** Whether a folder has a finished part. */
  public static boolean isIn(Path folder) {
    return Files.isRegularFile(folder.resolve(FILE));
  }

  /**
   * Reads the part of a folder.
   *
   * @throws BadInputException if it has none, or one that cannot be read
   */
  public static Part read(Path folder) {
    if (!isIn(folder)) {
      throw new BadInputException(
          Files.exists(folder.resolve(JournalFile.NAME))
              ? folder + " is not finished: the command that began it goes on with --resume"
              : folder + " is no part of a sweep: it has no " + FILE);
    }
    return new Part(folder, JsonFile.readExact(folder.resolve(FILE), "the JSON of a part"));
  }

  /** The folder as it was named. */
  Path folder() {
    return folder;
  }

  /** Its files. */
  List<Path> files() {
    return List.of(folder.resolve(FILE), folder.resolve(RUNS));
  }

  /** Which runs it has. */
  public Assignment assignment() {
    return assignment;
  }

  /** What all parts of an experiment have in common. Their data may lie in different places. */
  Map<String, Object> common() {
    Map<String, Object> common = new LinkedHashMap<>();
    COMMON.forEach(key -> common.put(key, tree.path(key)));
    common.put(DATA, tree.path(DATA).valueStream().map(JsonNode::asText).sorted().toList());
    common.put(FINGERPRINT, fingerprint());
    return common;
  }

  /** What its file says of one key. */
  JsonNode get(String key) {
    return tree.path(key);
  }

  /** Whether it is the part of an experiment that a command is about to make. */
  public boolean isOf(Experiment experiment, Assignment other) {
    return assignment.equals(other)
        && fingerprint().equals(Fingerprint.of(experiment))
        && replications() == experiment.replications();
  }

  private int replications() {
    return tree.path(Manifest.REPLICATIONS).asInt();
  }

  String fingerprint() {
    return tree.path(FINGERPRINT).asText();
  }

  /**
   * The runs that are there and whole, of this part or not.
   *
   * @param experiment the one that the part is of
   * @throws BadInputException if the file cannot be read
   */
  Map<Pair, RunMeasurement> runs(Experiment experiment) {
    List<String> lines = RunLines.lines(folder.resolve(RUNS));
    return lines.isEmpty() || !lines.get(0).equals(fingerprint())
        ? Map.of()
        : RunLines.read(lines, experiment.measured());
  }

  /** Whether all its runs are there and whole. */
  public boolean isWhole(Experiment experiment) {
    return runs(experiment).keySet().containsAll(assignment.pairs(experiment));
  }

  /**
   * The experiment, prepared again.
   *
   * @throws BadInputException if a data file is not there any more or is another one
   */
  Experiment experiment() {
    tree.path(DATA)
        .properties()
        .forEach(data -> checkData(Path.of(data.getKey()), data.getValue().asText()));
    return Manifest.experiment(
            tree, folder.resolve(FILE).toString(), Path.of(tree.path(FOLDER).asText()))
        .measuring(asked());
  }

  /** The metrics that a question is about are measured too. */
  private List<Metric> asked() {
    return tree.path(QUESTION)
        .path(METRICS)
        .valueStream()
        .map(name -> Metric.named(name.asText()))
        .toList();
  }

  private void checkData(Path file, String checksum) {
    if (Files.isRegularFile(file) && !Fingerprint.sha256(file).equals(checksum)) {
      throw new BadInputException(
          file
              + " was changed since the runs of "
              + folder
              + " were made: they must be made again");
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
