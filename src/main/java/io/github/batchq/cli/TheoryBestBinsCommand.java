package io.github.batchq.cli;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchTime;
import io.github.batchq.theory.BatchWait;
import io.github.batchq.theory.BestBins;
import io.github.batchq.theory.BinsNearCapacity;
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
            + "a rule of thumb. For C servers it is T37, good near the capacity of many bins, and "
            + "empty where so many bins do not carry the rate; for infinitely many servers it is "
            + "sqrt(rate C / (B+1)), C being the range of a bounded law for equal-mass and "
            + "equal-width bins, and (integral of the root of the density)^2 for optimal and "
            + "sqrt-density bins, and the source says how many servers the best number needs.",
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
    boolean infinite = options.hasInfiniteServers();
    TheoryResult best =
        infinite
            ? BestBins.exact(rule, law, batchSize, rate, service, most, progress::tried)
            : BestBins.onServers(
                rule, law, batchSize, rate, service, options.servers(), most, progress::tried);
    TheoryResult thumb =
        infinite
            ? BestBins.approximate(rule, law, batchSize, rate, service)
            : BinsNearCapacity.of(rule, law, batchSize, rate, service, options.servers());
    boolean none = Double.isNaN(best.value());
    return List.of(
        ResultTable.cell(rate),
        none ? "" : String.format(Locale.ROOT, "%.0f", best.value()),
        none ? "" : latency(rule, law, (int) best.value(), rate),
        latency(rule, law, 1, rate),
        infinite || carries(rule, law, rate, thumb.value()) ? TheoryTable.value(thumb) : "",
        best.kind(),
        TheoryTable.source(best)
            + (infinite && !none ? "; needs " + least(rule, law, (int) best.value(), rate) : "")
            + (Double.isNaN(thumb.value()) ? "" : "; rule of thumb " + thumb.source()));
  }

  /** Whether the servers keep up with the whole number of bins that is next to a rule's. */
  private boolean carries(BoundaryRule rule, Law law, double rate, double bins) {
    return bins <= most
        && BatchWait.of(system(rule, law, (int) Math.max(1, Math.round(bins))), rate).load() < 1;
  }

  /** How many servers a number of bins keeps busy at least. */
  private String least(BoundaryRule rule, Law law, int bins, double rate) {
    return "more than "
        + ResultTable.cell(BatchWait.of(system(rule, law, bins), rate).load())
        + " servers";
  }

  private String latency(BoundaryRule rule, Law law, int bins, double rate) {
    BatchSystem system = system(rule, law, bins);
    return TheoryTable.value(
        options.hasInfiniteServers()
            ? Latency.infiniteServers(system, rate)
            : BatchWait.of(system, rate).estimatedLatency());
  }

  /** With infinitely many servers, as one of them would be alone. */
  private BatchSystem system(BoundaryRule rule, Law law, int bins) {
    return new BatchSystem(
        law,
        rule.boundaries(law, bins, options.batchSize()),
        options.batchSize(),
        options.service(),
        options.hasInfiniteServers() ? 1 : options.servers());
  }
}
