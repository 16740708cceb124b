package io.github.batchq.cli;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BatchWait;
import io.github.batchq.theory.Latency;
import io.github.batchq.theory.SojournTime;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batchq theory latency}: time in system by the number of bins and the arrival rate. */
@Command(
    name = "latency",
    mixinStandardHelpOptions = true,
    description =
        "Time in system [s] of full batches in k bins, first formed first served, Poisson "
            + "arrivals; one row per number of bins and rate: load of the servers, mean time until "
            + "the batch is full, mean service time, mean and quantiles with infinitely many "
            + "servers (exact), mean wait for a server (kind and source say what it is; empty where "
            + "no formula is good), its limits for low and for high load, and the mean latency: the "
            + "sum of forming, wait and service, or a lower bound without the wait where that is "
            + "not known.",
    footerHeading = "%nExample:%n",
    footer = "  batchq theory latency --law 'erlang(2,1)' --batch-size 8 --bins 2 --load 0.6")
final class TheoryLatencyCommand implements Callable<Integer> {
  @Mixin private BatchOptions options;

  @Mixin private TableOptions table;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "arrival rates over all bins [req/s], such as 4, 4,8 or 4..12")
  private @Nullable String rates;

  @Option(
      names = "--load",
      paramLabel = "L",
      description =
          "instead of --rate: shares of the capacity of each number of bins, such as 0.3..0.9")
  private @Nullable String loads;

  @Option(
      names = "--step",
      paramLabel = "STEP",
      description = "step of a range of rates or loads (default: 1 for rates, 0.1 for loads)")
  private @Nullable String step;

  @Option(
      names = "--bins",
      paramLabel = "K",
      description =
          "numbers of bins, such as 4, 1,2,4 or 1..5 (default: 1..5, or what a list of boundaries says)")
  private @Nullable String bins;

  @Option(
      names = "--boundaries",
      paramLabel = "RULE",
      description = "a rule of batchq list, or a list such as 5,10 (default: ${DEFAULT-VALUE})")
  private String boundaries = "equal-mass";

  @Option(
      names = "--quantiles",
      paramLabel = "P",
      description = "which quantiles, such as 0.5,0.999 (default: ${DEFAULT-VALUE})")
  private String quantiles = "0.5,0.95,0.99";

  @Override
  public Integer call() {
    if ((rates == null) == (loads == null)) {
      throw new BadInputException(
          "theory latency takes either --rate or --load, found "
              + (rates == null ? "neither" : "both"));
    }
    List<Double> probabilities = NumberRange.parse("--quantiles", quantiles, "0.1");
    for (double p : probabilities) {
      if (!(p > 0 && p < 1)) {
        throw new BadInputException(
            "--quantiles takes probabilities between 0 and 1, both excluded, found " + p);
      }
    }
    table.print(
        new ResultTable(
            columns(probabilities),
            TheoryComputation.of("latency", progress -> rows(probabilities, progress))));
    return 0;
  }

  private List<List<String>> rows(List<Double> probabilities, ProgressLine progress) {
    List<List<String>> rows = new ArrayList<>();
    Law law = options.law();
    List<BinBoundaries> all =
        BoundariesArgument.placed(boundaries, bins, "1..5", law, options.batchSize());
    for (BinBoundaries placed : all) {
      BatchSystem system =
          new BatchSystem(law, placed, options.batchSize(), options.service(), options.servers());
      List<Double> each = rates(system);
      for (double rate : each) {
        rows.add(row(system, rate, probabilities));
        progress.computed(rows.size(), all.size() * each.size());
      }
    }
    return rows;
  }

  private List<Double> rates(BatchSystem system) {
    if (rates != null) {
      return NumberRange.parse("--rate", rates, step == null ? "1" : step);
    }
    List<Double> parsed =
        NumberRange.parse("--load", String.valueOf(loads), step == null ? "0.1" : step);
    double capacity = Throughput.capacity(system).value();
    if (!(capacity > 0)) {
      throw new BadInputException(
          "--load needs a capacity, and " + system.law() + " has none: its mean is infinite");
    }
    return parsed.stream().map(load -> load * capacity).toList();
  }

  private static List<String> columns(List<Double> probabilities) {
    List<String> columns =
        new ArrayList<>(
            List.of("bins", "rate", "load", "formation.mean", "service.mean", "infinite.mean"));
    probabilities.forEach(p -> columns.add("infinite.q" + ResultTable.cell(p)));
    columns.addAll(
        List.of(
            "queueing.mean",
            "queueing.low.load",
            "queueing.high.load",
            "latency.mean",
            "kind",
            "source"));
    return columns;
  }

  private static List<String> row(BatchSystem system, double rate, List<Double> probabilities) {
    SojournTime time = SojournTime.of(system, rate);
    BatchWait waits = BatchWait.of(system, rate);
    TheoryResult wait = waits.mean();
    TheoryResult latency = waits.latency();
    List<String> row =
        new ArrayList<>(
            List.of(
                Integer.toString(system.boundaries().bins()),
                ResultTable.cell(rate),
                ResultTable.cell(waits.load()),
                ResultTable.cell(Latency.formation(system, rate).value()),
                ResultTable.cell(system.meanBatchSeconds()),
                ResultTable.cell(Latency.infiniteServers(system, rate).value())));
    probabilities.forEach(p -> row.add(ResultTable.cell(time.quantile(p).value())));
    row.addAll(
        List.of(
            TheoryTable.value(wait),
            TheoryTable.value(waits.lowLoad()),
            TheoryTable.value(waits.highLoad()),
            TheoryTable.value(latency),
            latency.kind(),
            TheoryTable.source(latency)));
    return row;
  }
}
