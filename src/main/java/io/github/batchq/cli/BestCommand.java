package io.github.batchq.cli;

import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.study.BestValues;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code batchq best}: where each policy wins, from a results folder. */
@Command(
    name = "best",
    mixinStandardHelpOptions = true,
    description =
        "Say where each policy wins: for every other value of the sweep the best one, those "
            + "that cannot be told from it, and its lead over the next, from the replications in a "
            + "results folder.",
    footerHeading = "%nExample:%n",
    footer = "  batchq best results/rivals/phi-steps --metric latency.p99")
final class BestCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "results folder, such as results/rivals/phi-steps")
  private Path folder;

  @Option(
      names = "--over",
      paramLabel = "PATH",
      description =
          "swept path whose values compete (default: policy where it is swept, or the only path)")
  private @Nullable String over;

  @Option(
      names = "--metric",
      paramLabel = "METRIC",
      description = "what they compete in (default: ${DEFAULT-VALUE})")
  private String metric = "latency.mean";

  @Option(
      names = "--confidence",
      paramLabel = "P",
      description = "confidence of all comparisons of a row together (default: ${DEFAULT-VALUE})")
  private double confidence = 0.95;

  @Option(
      names = "--without",
      paramLabel = "VALUE",
      description = "a value that takes no part, such as continuous; may be given several times")
  private List<String> without = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "write the table to DIR/best-METRIC.csv too")
  private @Nullable Path out;

  @Mixin private TableOptions table;

  @Override
  public Integer call() {
    Metric best = BadInputException.naming("--metric", () -> Metric.named(metric));
    ResultTable found = new BestValues(over, best, confidence, without).find(folder);
    if (out != null) {
      ResultFolder.write(
          out, Map.of("best-" + metric + ".csv", found.toCsv().getBytes(StandardCharsets.UTF_8)));
    }
    boolean nobody =
        IntStream.range(0, found.rows().size()).allMatch(row -> found.text(row, "best").isEmpty());
    if (nobody && table.isForPeople()) {
      table.print(new ResultTable(found.columns(), List.of()), whyNobody(found));
    } else {
      table.print(found);
    }
    return 0;
  }

  /** A sentence that says why no point takes part. */
  private String whyNobody(ResultTable found) {
    boolean overloaded =
        IntStream.range(0, found.rows().size())
            .anyMatch(row -> found.number(row, "overloaded") > 0);
    return "Nothing competes in "
        + folder
        + ": "
        + (found.rows().isEmpty()
            ? "no points are left"
            : overloaded
                ? "every point is overloaded, so its " + metric + " grows without bound"
                : "no point has a value of " + metric)
        + ".";
  }
}
