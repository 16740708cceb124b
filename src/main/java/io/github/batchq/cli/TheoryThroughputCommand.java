package io.github.batchq.cli;

import io.github.batchq.experiment.ResultTable;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.Uniform;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BoundaryRule;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.ExponentialBins;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batchq theory throughput}: capacity by the number of bins. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description = {
      "Capacity of full batches in k bins, first formed first served, one row per number of bins:",
      "mean service time of a batch [s], capacity [req/s], its share of the ceiling c B / E[l], and the boundaries."
    })
final class TheoryThroughputCommand implements Callable<Integer> {
  @Mixin private BatchOptions options;

  @Mixin private TableOptions table;

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

  /** picocli fills the fields. */
  @SuppressWarnings("NullAway.Init")
  TheoryThroughputCommand() {}

  @Override
  public Integer call() {
    Law law = options.law();
    List<List<String>> rows = new ArrayList<>();
    try {
      if (BoundariesArgument.isList(boundaries)) {
        BinBoundaries listed = BoundariesArgument.listed(boundaries);
        if (bins != null && !BinNumbers.parse(bins).equals(List.of(listed.bins()))) {
          throw new BadInputException(
              "--boundaries "
                  + boundaries
                  + " makes "
                  + listed.bins()
                  + " bins, found --bins "
                  + bins);
        }
        rows.add(row(law, listed, ""));
      } else {
        BoundaryRule rule = BoundaryRules.named(boundaries);
        for (int k : BinNumbers.parse(bins == null ? "1..5" : bins)) {
          rows.add(row(law, rule.boundaries(law, k, options.batchSize()), rule.name()));
        }
      }
    } catch (IllegalArgumentException e) {
      throw new BadInputException("theory throughput: " + e.getMessage(), e);
    }
    table.print(
        new ResultTable(
            List.of(
                "bins", "service.mean", "throughput", "efficiency", "boundaries", "kind", "source"),
            rows));
    return 0;
  }

  private List<String> row(Law law, BinBoundaries evaluated, String rule) {
    BatchSystem system =
        new BatchSystem(law, evaluated, options.batchSize(), options.service(), options.servers());
    TheoryResult capacity = Throughput.capacity(system);
    return List.of(
        Integer.toString(evaluated.bins()),
        ResultTable.cell(system.meanBatchSeconds()),
        ResultTable.cell(capacity.value()),
        ResultTable.cell(capacity.value() / Throughput.maximum(system).value()),
        evaluated.toString(),
        capacity.kind(),
        source(system, rule));
  }

  /**
   * What the row rests on: the paper's closed form where it speaks of this case, its bound where it
   * has one.
   */
  private String source(BatchSystem system, String rule) {
    if (system.law() instanceof Uniform && !rule.isEmpty()) {
      return "Prop. 4.1, Thm 4.2";
    }
    if (system.law() instanceof Exponential exponential && rule.equals("exponential")) {
      TheoryResult bound =
          ExponentialBins.capacity(
              exponential,
              system.boundaries().bins(),
              system.batchSize(),
              system.service(),
              system.servers());
      return String.format(
          Locale.ROOT, "Prop. 4.1, eq. (2); %s: at least %.6g", bound.source(), bound.value());
    }
    return "Prop. 4.1, eq. (2)";
  }
}
