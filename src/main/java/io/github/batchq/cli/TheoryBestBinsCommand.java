package io.github.batchq.cli;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BatchWait;
import io.github.batchq.theory.BestBins;
import io.github.batchq.theory.BoundaryRule;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.TheoryResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batchq theory best-bins}: the number of bins with the least mean latency. */
@Command(
    name = "best-bins",
    mixinStandardHelpOptions = true,
    description =
        "The number of bins with the least mean latency, one row per arrival rate: more bins "
            + "shorten batches and take longer to fill. With --servers C only numbers of bins that "
            + "C servers can carry are ranked, by forming, wait and service; with --servers "
            + "infinite the best number is exact. The best number, the latency [s] with it and with "
            + "one bin (empty where that is unstable; kind and source say what the wait is), and "
            + "the rule of thumb sqrt(rate C / (B+1)) of infinitely many servers, C being the range "
            + "of a bounded law for equal-mass and equal-width bins, and (integral of the root of "
            + "the density)^2 for optimal and sqrt-density bins.",
    footerHeading = "%nExample:%n",
    footer = "  batchq theory best-bins --law 'uniform(1,20)' --batch-size 8 --rate 0.3")
final class TheoryBestBinsCommand implements Callable<Integer> {
  @Mixin private BatchOptions options;

  @Mixin private TableOptions table;

  @Option(
      names = "--rate",
      required = true,
      paramLabel = "R",
      description = "arrival rates over all bins [req/s], such as 4, 4,8 or 4..12")
  private String rates;

  @Option(
      names = "--step",
      paramLabel = "STEP",
      description = "step of a range of rates (default: ${DEFAULT-VALUE})")
  private String step = "1";

  @Option(
      names = "--boundaries",
      paramLabel = "RULE",
      description = "rule that places the bins, one of batchq list (default: ${DEFAULT-VALUE})")
  private String boundaries = "optimal";

  @Option(
      names = "--most-bins",
      paramLabel = "K",
      description = "where the search ends (default: ${DEFAULT-VALUE})")
  private int most = 1024;

  @Override
  public Integer call() {
    Require.INPUT.between("--most-bins", most, 1, BinBoundaries.MOST_BINS);
    Law law = options.law();
    table.print(
        new ResultTable(
            List.of("rate", "bins", "latency", "one.bin", "rule.of.thumb", "kind", "source"),
            TheoryComputation.of("best-bins", progress -> rows(law, progress))));
    return 0;
  }

  private List<List<String>> rows(Law law, ProgressLine progress) {
    BoundaryRule rule = BoundaryRules.named(boundaries);
    List<List<String>> rows = new ArrayList<>();
    for (double rate : NumberRange.parse("--rate", rates, step)) {
      rows.add(row(rule, law, rate, progress));
    }
    return rows;
  }

  private List<String> row(BoundaryRule rule, Law law, double rate, ProgressLine progress) {
    int batchSize = options.batchSize();
    BatchTime service = options.service();
    TheoryResult best =
        options.hasInfiniteServers()
            ? BestBins.exact(rule, law, batchSize, rate, service, most, progress::tried)
            : BestBins.onServers(
                rule, law, batchSize, rate, service, options.servers(), most, progress::tried);
    TheoryResult thumb = BestBins.approximate(rule, law, batchSize, rate, service);
    return List.of(
        ResultTable.cell(rate),
        Double.isNaN(best.value()) ? "" : String.format(Locale.ROOT, "%.0f", best.value()),
        Double.isNaN(best.value()) ? "" : latency(rule, law, (int) best.value(), rate),
        latency(rule, law, 1, rate),
        TheoryTable.value(thumb),
        best.kind(),
        TheoryTable.source(best)
            + (Double.isNaN(thumb.value()) ? "" : "; rule of thumb " + thumb.source()));
  }

  private String latency(BoundaryRule rule, Law law, int bins, double rate) {
    boolean infinite = options.hasInfiniteServers();
    BatchSystem system =
        new BatchSystem(
            law,
            rule.boundaries(law, bins, options.batchSize()),
            options.batchSize(),
            options.service(),
            infinite ? 1 : options.servers());
    return TheoryTable.value(
        infinite
            ? Latency.infiniteServers(system, rate)
            : BatchWait.of(system, rate).estimatedLatency());
  }
}
