package io.github.batchq.cli;

import io.github.batchq.engine.RunEngine;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.NumberText;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.study.Capacity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batchq capacity}: the largest arrival rate, with an interval. */
@Command(
    name = "capacity",
    mixinStandardHelpOptions = true,
    description =
        "Search the largest arrival rate that keeps each scenario of an experiment stable, or "
            + "keeps a time or a slowdown within a limit, or at least a share of the requests "
            + "within their limits. With the stated confidence the rate lies between the last one "
            + "that replications show to be within and the first one that they show to be beyond.",
    footerHeading = "%nExample:%n",
    footer = "  batchq capacity experiments/quickstart.yaml --limit latency.p99=120")
final class CapacityCommand implements Callable<Integer> {
  @Mixin private ExperimentOptions options;

  @Option(
      names = "--limit",
      paramLabel = "METRIC=VALUE",
      description =
          "keep this time or slowdown within a limit, such as latency.p99=60, or"
              + " slo.attainment=0.9 or more; finite runs need one (default: a stable queue)")
  private @Nullable String limit;

  @Option(
      names = "--relative",
      paramLabel = "SHARE",
      description = "stop when the interval is this narrow (default: ${DEFAULT-VALUE})")
  private double relative = 0.01;

  @Option(
      names = "--confidence",
      paramLabel = "P",
      description = "confidence of the interval (default: ${DEFAULT-VALUE})")
  private double confidence = 0.95;

  @Option(
      names = "--max-replications",
      paramLabel = "N",
      description = "most replications at a rate (default: ${DEFAULT-VALUE})")
  private int mostReplications = 64;

  @Mixin private EngineOptions engines;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "write the table to DIR/capacity.csv too")
  private @Nullable Path out;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      hidden = true,
      description = "refused: what is run at a rate depends on the rates before")
  private @Nullable String shard;

  @Mixin private TableOptions table;

  @Override
  public Integer call() throws InterruptedException {
    engines.check();
    if (shard != null) {
      throw new BadInputException(
          "capacity chooses each rate by what the runs at the rates before have shown, so they"
              + " cannot be cut into shards beforehand: leave out --shard");
    }
    Capacity capacity = goal();
    Experiment experiment = options.read();
    ResultTable found;
    try (RunEngine engine = engines.open();
        ResultFolder folder = ResultFolder.openIfNamed(out)) {
      if (folder != null) {
        folder.protect(options.inputs(experiment));
      }
      try (ProgressLine progress = ProgressLine.onStandardError()) {
        found = capacity.search(experiment, engine, progress::simulated);
      }
      if (folder != null) {
        folder.write(Map.of("capacity.csv", found.toCsv().getBytes(StandardCharsets.UTF_8)));
      }
    }
    table.print(found);
    if (capacity.metric() != null && table.format == TableFormat.TABLE) {
      WholeBatchNote.of(experiment, List.of(capacity.metric().id())).ifPresent(table::say);
    }
    return 0;
  }

  private Capacity goal() {
    if (limit == null) {
      return new Capacity(null, 0, relative, confidence, mostReplications);
    }
    int equals = limit.indexOf('=');
    if (equals < 0) {
      throw new BadInputException(
          "--limit takes METRIC=VALUE, such as latency.p99=60, found '"
              + limit
              + "'; metrics are "
              + String.join(", ", Metric.ids()));
    }
    String name = limit.substring(0, equals);
    Metric metric =
        BadInputException.naming(
            "--limit takes METRIC=VALUE, such as latency.p99=60, found '" + limit + "'",
            () -> Metric.named(name));
    double value =
        NumberText.decimal(limit.substring(equals + 1))
            .orElseThrow(
                () ->
                    new BadInputException(
                        "--limit takes METRIC=VALUE, such as latency.p99=60, found '"
                            + limit
                            + "'"))
            .doubleValue();
    return new Capacity(metric, value, relative, confidence, mostReplications);
  }
}
