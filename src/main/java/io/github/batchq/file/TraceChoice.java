package io.github.batchq.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Excerpt;
import io.github.batchq.model.NearestName;
import io.github.batchq.workload.TraceSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A trace as the command line names it: a file, perhaps its format, and the keys that the format
 * takes in an experiment file.
 *
 * @param keys the keys of the block {@code trace} of an experiment file
 */
public record TraceChoice(Map<String, String> keys) {
  private static final String FORMAT = Catalogue.TRACES.key();
  private static final String FILE = "file";

  /** Keys beside columns, which leave some of the requests out. */
  private static final Set<String> FILTERS = Set.of("model", "log");

  /** Formats that are told which column is what, and how. */
  private static final Set<String> BY_COLUMN = Set.of("csv", "jsonl");

  private static final List<String> COLUMN_KEYS =
      List.of("arrivalTime", "gap", "serviceTime", "tokens", "promptTokens");

  /** Columns that tell the formats with fixed ones. */
  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "azure", List.of("TIMESTAMP", "ContextTokens", "GeneratedTokens"),
          "burstgpt", List.of("Timestamp", "Model", "Request tokens", "Response tokens"),
          "vidur", List.of("arrived_at", "num_prefill_tokens", "num_decode_tokens"));

  public TraceChoice {
    keys = Map.copyOf(keys);
  }

  /**
   * Reads what was given on the command line.
   *
   * @param file the file, relative to the current folder
   * @param format name of the format; found from the first line when null
   * @param others the other keys of the format
   * @throws BadInputException if the file is missing, or its first line does not tell the format
   */
  public static TraceChoice of(String file, @Nullable String format, Map<String, String> others) {
    Map<String, String> keys = new LinkedHashMap<>(others);
    keys.put(FILE, file);
    String chosen = format == null ? guess(DataFile.of(file, Path.of("")), others) : format;
    keys.put(FORMAT, chosen);
    if (BY_COLUMN.contains(chosen)) {
      others.keySet().forEach(TraceChoice::checkKey);
    }
    return new TraceChoice(keys);
  }

  /** Before anything else is missed because its name is misspelt. */
  private static void checkKey(String key) {
    if (!COLUMN_KEYS.contains(key)) {
      throw new BadInputException(
          "the trace: unknown key '" + key + "'; " + NearestName.hint(key, COLUMN_KEYS));
    }
  }

  private static String guess(DataFile file, Map<String, String> others) {
    String first = file.firstLine();
    if (first.isEmpty() && others.isEmpty()) {
      throw new BadInputException(file + " is empty; a header line was expected");
    }
    for (Map.Entry<String, List<String>> format : COLUMNS.entrySet()) {
      if (format.getValue().stream().allMatch(first::contains)) {
        if (!FILTERS.containsAll(others.keySet())) {
          throw new BadInputException(
              file
                  + ", line 1: this is the format "
                  + format.getKey()
                  + ", whose columns are known; to say which column is what, add --trace-format csv");
        }
        return format.getKey();
      }
    }
    if (others.isEmpty()) {
      throw new BadInputException(
          file
              + ", line 1: this is the first line of none of the formats "
              + String.join(", ", COLUMNS.keySet().stream().sorted().toList())
              + ", found '"
              + Excerpt.of(first)
              + "'; for another CSV file or JSON lines say which column is what, such as"
              + " --column arrivalTime=t --column tokens=n --column promptTokens=p");
    }
    return first.startsWith("{") ? "jsonl" : "csv";
  }

  /**
   * The trace.
   *
   * @throws BadInputException if a key is unknown, missing or wrong
   */
  public TraceSpec spec() {
    ObjectNode tree = JsonNodeFactory.instance.objectNode();
    keys.forEach(tree::put);
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
                    .append(quoted(String.valueOf(keys.get(key)))));
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
