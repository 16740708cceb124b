package io.github.batchq.cli;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.TimeoutBatching;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batchq theory timeout}: batches that close when full or after a time. */
@Command(
    name = "timeout",
    mixinStandardHelpOptions = true,
    description =
        "Batches that close at B requests or T seconds after their first one, in each of k "
            + "bins: wait until the batch closes, batch size, service, load of the servers (stable "
            + "below 1), latency with infinitely many.",
    footerHeading = "%nExample:%n",
    footer = "  batchq theory timeout --law 'erlang(2,1)' --batch-size 8 --rate 1 --timeout 9")
final class TheoryTimeoutCommand implements Callable<Integer> {
  @Mixin private BatchOptions options;

  @Mixin private TableOptions output;

  @Option(
      names = "--rate",
      required = true,
      paramLabel = "R",
      description = "arrival rate over all bins [req/s], Poisson")
  private double rate;

  @Option(
      names = "--timeout",
      required = true,
      paramLabel = "T",
      description = "longest wait of a batch for more requests [s]")
  private double timeout;

  @Option(
      names = "--bins",
      paramLabel = "K",
      description = "number of bins (default: ${DEFAULT-VALUE})")
  private int bins = 1;

  @Option(
      names = "--boundaries",
      paramLabel = "RULE",
      description = "rule of the bins, such as equal-mass (default: ${DEFAULT-VALUE})")
  private String boundaries = "equal-mass";

  @Override
  public Integer call() {
    Require.INPUT.between("--bins", bins, 1, BinBoundaries.MOST_BINS);
    Law law = options.law();
    int batchSize = options.batchSize();
    output.print(TheoryComputation.ofOneSystem("timeout", () -> table(law, batchSize)));
    return 0;
  }

  private ResultTable table(Law law, int batchSize) {
    TheoryTable table = new TheoryTable();
    TimeoutBatching batching =
        new TimeoutBatching(
            new BatchSystem(
                law,
                BoundaryRules.named(boundaries).boundaries(law, bins, batchSize),
                batchSize,
                options.service(),
                options.servers()),
            timeout,
            rate);
    table.add("formation.mean", batching.formation());
    table.add("batch.size.mean", batching.meanSize());
    table.add("service.mean", batching.requestSeconds());
    table.add("load", batching.load());
    table.add("latency.infinite.servers", batching.infiniteServers());
    return table.toResultTable();
  }
}
