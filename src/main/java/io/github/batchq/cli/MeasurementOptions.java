package io.github.batchq.cli;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.file.data.MeasurementColumns;
import io.github.batchq.file.data.MeasurementFile;
import io.github.batchq.file.data.UnitOfTime;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NearestName;
import io.github.batchq.service.Measurement;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say what a file of measured batches has. */
@Command
final class MeasurementOptions {
  private static final List<String> COLUMNS =
      List.of("batchSize", "length", "seconds", "promptTokens");

  @Parameters(
      paramLabel = "FILE",
      description = "CSV file with the columns batchSize,length,seconds and perhaps promptTokens")
  String file;

  @Option(
      names = "--column",
      paramLabel = "WHAT=NAME",
      description =
          "which column is batchSize, length, seconds or promptTokens (default: the one of that"
              + " name); may be repeated")
  private List<String> columns = List.of();

  @Option(
      names = "--time-unit",
      paramLabel = "UNIT",
      description = "unit of the times: s, ms, us or ns (default: ${DEFAULT-VALUE})")
  private String timeUnit = "s";

  @Option(
      names = "--prompts",
      paramLabel = "OF",
      description =
          "request or batch: whether prompt tokens are of one request, as all of its batch have, or"
              + " of all requests of a batch (default: batch for the column promptTokens; asked for"
              + " where another is named)")
  private @Nullable String prompts;

  @Option(
      names = "--group",
      paramLabel = "NAMES",
      split = ",",
      description =
          "columns of which each combination of values gets fits of its own, such as"
              + " model,hardware")
  List<String> groups = List.of();

  /** Reads the file: measurements by the values of the group columns. */
  Map<List<String>, List<Measurement>> read() {
    Map<String, String> named = new LinkedHashMap<>();
    for (String column : columns) {
      int equals = column.indexOf('=');
      String what = equals < 1 ? "" : column.substring(0, equals);
      if (!COLUMNS.contains(what)) {
        throw new BadInputException(
            "--column takes WHAT=NAME, such as batchSize=batch_size, found '"
                + column
                + "'; "
                + NearestName.hint(what, COLUMNS));
      }
      if (named.put(what, column.substring(equals + 1)) != null) {
        throw new BadInputException("--column gives " + what + " twice");
      }
    }
    String promptTokens = named.get("promptTokens");
    if (prompts != null && !List.of("request", "batch").contains(prompts)) {
      throw new BadInputException("--prompts must be request or batch, found '" + prompts + "'");
    }
    if (promptTokens != null && prompts == null) {
      throw new BadInputException(
          "are the prompt tokens of '"
              + promptTokens
              + "' those of one request or of all requests of a batch? Say --prompts request or"
              + " --prompts batch");
    }
    return MeasurementFile.read(
        DataFile.of(file, Path.of("")),
        new MeasurementColumns(
            named.getOrDefault("batchSize", "batchSize"),
            named.getOrDefault("length", "length"),
            named.getOrDefault("seconds", "seconds"),
            promptTokens,
            "request".equals(prompts),
            unit(),
            groups));
  }

  private UnitOfTime unit() {
    return Arrays.stream(UnitOfTime.values())
        .filter(unit -> unit.toString().equals(timeUnit))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "--time-unit must be one of "
                        + Arrays.stream(UnitOfTime.values())
                            .map(UnitOfTime::toString)
                            .collect(Collectors.joining(", "))
                        + ", found '"
                        + timeUnit
                        + "'"));
  }

  /** A group in words; empty where there are none. */
  String words(List<String> group) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < group.size(); i++) {
      words.append(i == 0 ? "" : ", ").append(groups.get(i)).append(' ').append(group.get(i));
    }
    return words.toString();
  }
}
