package io.github.batchq.cli;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.EnoughBins;
import io.github.batchq.theory.ExponentialBins;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import io.github.batchq.theory.UniformBins;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batchq theory bins}: how many bins for a capacity that is near the ceiling. */
@Command(
    name = "bins",
    mixinStandardHelpOptions = true,
    description =
        "The smallest number of bins with which the capacity is at least c_max - epsilon: by "
            + "Theorem 4.3 (uniform law) or its distribution-free form, by T9 (exponential law), by "
            + "the limit for many bins, and exactly, by search over eq. (2).",
    footerHeading = "%nExample:%n",
    footer = "  batchq theory bins --law 'uniform(1,20)' --batch-size 128 --epsilon 0.5")
final class TheoryBinsCommand implements Callable<Integer> {
  @Mixin private BatchOptions options;

  @Mixin private TableOptions table;

  @Option(
      names = "--epsilon",
      required = true,
      paramLabel = "E",
      description = "how far below the ceiling the capacity may be [req/s]")
  private double epsilon;

  @Option(
      names = "--boundaries",
      paramLabel = "RULE",
      description = "rule of the search, one of batchq list (default: ${DEFAULT-VALUE})")
  private String boundaries = "equal-mass";

  @Option(
      names = "--most-bins",
      paramLabel = "K",
      description = "where the search ends (default: ${DEFAULT-VALUE})")
  private int most = 4096;

  @Override
  public Integer call() {
    Require.INPUT.positiveFinite("--epsilon", epsilon);
    Require.INPUT.between("--most-bins", most, 1, BinBoundaries.MOST_BINS);
    table.print(
        new ResultTable(
            List.of("epsilon", "ceiling", "bins", "kind", "source"),
            TheoryComputation.of("bins", this::rows)));
    return 0;
  }

  private List<List<String>> rows(ProgressLine progress) {
    Law law = options.law();
    List<List<String>> rows = new ArrayList<>();
    int batchSize = options.batchSize();
    double ceiling =
        Throughput.maximum(
                new BatchSystem(
                    law, BinBoundaries.none(), batchSize, options.service(), options.servers()))
            .value();
    rows.add(
        row(
            ceiling,
            law.isUniform()
                ? UniformBins.smallestBins(
                    law, batchSize, epsilon, options.service(), options.servers())
                : EnoughBins.sufficient(
                    law, batchSize, epsilon, options.service(), options.servers())));
    if (law.exponentialRate().isPresent()) {
      rows.add(
          row(
              ceiling,
              ExponentialBins.sufficientBins(
                  law, batchSize, epsilon, options.service(), options.servers())));
    }
    rows.add(
        row(
            ceiling,
            EnoughBins.asymptotic(
                BoundaryRules.named(boundaries),
                law,
                batchSize,
                epsilon,
                options.service(),
                options.servers())));
    rows.add(
        row(
            ceiling,
            EnoughBins.smallest(
                BoundaryRules.named(boundaries),
                law,
                batchSize,
                epsilon,
                options.service(),
                options.servers(),
                most,
                progress::tried)));
    return rows;
  }

  private List<String> row(double ceiling, TheoryResult bins) {
    return List.of(
        ResultTable.cell(epsilon),
        ResultTable.cell(ceiling),
        Double.isNaN(bins.value()) ? "" : String.format(Locale.ROOT, "%.0f", bins.value()),
        bins.kind(),
        TheoryTable.source(bins));
  }
}
