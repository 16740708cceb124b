package io.github.batchq.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.FileHead;
import io.github.batchq.file.trace.TraceFormat;
import io.github.batchq.file.trace.TraceFormats;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Excerpt;
import io.github.batchq.model.NearestName;
import io.github.batchq.workload.TraceSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A trace as the command line names it: a file, perhaps its format, and the keys that the format
 * takes in an experiment file.
 *
 * @param keys the keys of the block {@code trace} of an experiment file
 * @param told whether the file itself told its format
 */
public record TraceChoice(Map<String, String> keys, boolean told) {
  private static final String FORMAT = Catalogue.TRACES.key();
  private static final String FILE = "file";

  /** Keys whose values are no texts. */
  private static final Set<String> NO_TEXTS = Set.of("keepZero", "run");

  private static final List<String> COLUMN_KEYS =
      List.of(
          "arrivalTime",
          "gap",
          "serviceTime",
          "tokens",
          "promptTokens",
          "predicted",
          "firstToken",
          "end");

  public TraceChoice {
    keys = Map.copyOf(keys);
  }

  /**
   * Reads what was given on the command line.
   *
   * @param file the file, relative to the current folder
   * @param format name of the format; found from the beginning of the file when null
   * @param columns which column is what, by the keys of the format
   * @param others the other keys of the format
   * @throws BadInputException if the file is missing, or its beginning does not tell the format
   */
  public static TraceChoice of(
      String file,
      @Nullable String format,
      Map<String, String> columns,
      Map<String, String> others) {
    columns.keySet().forEach(TraceChoice::checkKey);
    Map<String, String> keys = new LinkedHashMap<>(columns);
    keys.putAll(others);
    keys.put(FILE, file);
    if (format != null) {
      keys.put(FORMAT, format);
      return new TraceChoice(keys, false);
    }
    DataFile data = DataFile.of(file, Path.of(""));
    FileHead head = FileHead.of(data);
    Optional<TraceFormat> found = TraceFormats.of(head);
    if (found.isEmpty() && columns.isEmpty()) {
      if (head.has("request_throughput")) {
        throw new BadInputException(
            data
                + " is a benchmark's summary without its requests: they are there with vllm bench"
                + " serve --save-result --save-detailed, or bench_serving --output-details of"
                + " SGLang");
      }
      throw unknown(data);
    }
    boolean inDocument =
        others.containsKey("rows")
            || columns.values().stream().anyMatch(name -> name.contains("[]"));
    keys.put(
        FORMAT,
        found
            .map(TraceFormat::name)
            .orElseGet(() -> inDocument ? "json" : TraceFormats.byColumn(head).name()));
    return new TraceChoice(keys, found.isPresent());
  }

  /** Before anything else is missed because its name is misspelt. */
  private static void checkKey(String key) {
    if (!COLUMN_KEYS.contains(key)) {
      throw new BadInputException(
          "the trace: unknown key '" + key + "'; " + NearestName.hint(key, COLUMN_KEYS));
    }
  }

  private static BadInputException unknown(DataFile file) {
    return new BadInputException(
        file
            + ", line 1: this is the first line of none of the formats "
            + TraceFormats.all().stream()
                .filter(format -> !format.byColumn())
                .map(TraceFormat::name)
                .collect(Collectors.joining(", "))
            + ", found '"
            + Excerpt.of(file.firstLine())
            + "'; for another CSV file or JSON say which column is what, such as"
            + " --column arrivalTime=t --column tokens=n --column promptTokens=p");
  }

  /** What the file is taken for, one sentence. */
  public String words() {
    TraceFormat format = TraceFormats.named(String.valueOf(keys.get(FORMAT))).orElseThrow();
    String file = String.valueOf(DataFile.of(String.valueOf(keys.get(FILE)), Path.of("")));
    return file
        + (told ? " is taken for the format " : " is read as ")
        + format.name()
        + (format.byColumn() ? "" : " (" + format.description() + ")");
  }

  /**
   * The trace.
   *
   * @throws BadInputException if a key is unknown, missing or wrong
   */
  public TraceSpec spec() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    keys.forEach(
        (key, value) -> {
          if (NO_TEXTS.contains(key)) {
            tree.set(key, YamlTree.readValue(value));
          } else {
            tree.put(key, value);
          }
        });
    return new Binder(Path.of("")).bind(tree, TraceSpec.class, "the trace");
  }

  /**
   * The block {@code trace} of an experiment file.
   *
   * @param folder where the experiment file stands, so that its relative path to the trace holds;
   *     what came through a pipe is standard input there
   */
  public String block(Path folder) {
    StringBuilder text = new StringBuilder("{" + FORMAT + ": " + keys.get(FORMAT));
    text.append(", ").append(FILE).append(": ").append(quoted(fileFrom(folder)));
    keys.keySet().stream()
        .filter(key -> !key.equals(FORMAT) && !key.equals(FILE))
        .sorted()
        .forEach(
            key ->
                text.append(", ")
                    .append(key)
                    .append(": ")
                    .append(
                        NO_TEXTS.contains(key)
                            ? String.valueOf(keys.get(key))
                            : quoted(String.valueOf(keys.get(key)))));
    return text.append('}').toString();
  }

  private String fileFrom(Path folder) {
    DataFile file = DataFile.of(String.valueOf(keys.get(FILE)), Path.of(""));
    if (file.endsWithTheCommand()) {
      return "-";
    }
    Path target = Path.of(file.location()).toAbsolutePath().normalize();
    Path start = folder.toAbsolutePath().normalize();
    boolean related = target.getRoot() != null && target.getRoot().equals(start.getRoot());
    return String.valueOf(related ? start.relativize(target) : target);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
