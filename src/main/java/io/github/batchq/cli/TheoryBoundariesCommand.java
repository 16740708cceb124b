package io.github.batchq.cli;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.report.BoundaryChart;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.Throughput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batchq theory boundaries}: the bins of some rules side by side, and their chart. */
@Command(
    name = "boundaries",
    mixinStandardHelpOptions = true,
    description =
        "The boundaries of k bins by some rules, with mean service time of a batch [s], "
            + "capacity [req/s] and the loss E_k - E[length]; with --out a chart of them over the "
            + "density of the lengths.",
    footerHeading = "%nExample:%n",
    footer = "  batchq theory boundaries --law 'lognormal(1.8,1)' --batch-size 128 --bins 4")
final class TheoryBoundariesCommand implements Callable<Integer> {
  @Mixin private BatchOptions options;

  @Mixin private TableOptions table;

  @Option(
      names = "--bins",
      required = true,
      paramLabel = "K",
      description = "number of bins, at least 1")
  private int bins;

  @Option(
      names = "--boundaries",
      split = ",",
      paramLabel = "RULE",
      description = "rules of batchq list, separated by commas (default: ${DEFAULT-VALUE})")
  private List<String> boundaries = List.of("equal-mass", "sqrt-density", "optimal");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder for the chart: boundaries.svg, .pdf and .png")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Require.INPUT.between("--bins", bins, 1, BinBoundaries.MOST_BINS);
    try (ResultFolder folder = ResultFolder.openIfNamed(out)) {
      table.print(placed(folder));
    }
    return 0;
  }

  /** Places boundaries by every rule, and draws them if there is a folder for that. */
  private ResultTable placed(@Nullable ResultFolder folder) {
    Law law = options.law();
    Map<String, BinBoundaries> found = new LinkedHashMap<>();
    List<List<String>> rows =
        TheoryComputation.of("boundaries", progress -> rows(law, found, progress));
    if (folder != null) {
      folder.write(new BoundaryChart(law, found).files("boundaries"));
    }
    return new ResultTable(
        List.of("rule", "service.mean", "throughput", "loss", "boundaries"), rows);
  }

  private List<List<String>> rows(
      Law law, Map<String, BinBoundaries> found, ProgressLine progress) {
    int batchSize = options.batchSize();
    List<List<String>> rows = new ArrayList<>();
    for (String rule : boundaries) {
      BinBoundaries placed =
          BoundaryRules.named(rule)
              .boundaries(law, bins, batchSize, share -> progress.placing(rule, share));
      BatchSystem system =
          new BatchSystem(law, placed, batchSize, options.service(), options.servers());
      double seconds = system.meanBatchSeconds();
      found.put(rule, placed);
      rows.add(
          List.of(
              rule,
              ResultTable.cell(seconds),
              ResultTable.cell(Throughput.capacity(system).value()),
              ResultTable.cell(
                  (seconds - options.service().seconds(batchSize, law.mean()))
                      / options.service().secondsPerUnit(batchSize)),
              placed.toString()));
      progress.computed(rows.size(), boundaries.size());
    }
    return rows;
  }
}
