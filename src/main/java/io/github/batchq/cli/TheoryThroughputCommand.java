package io.github.batchq.cli;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BoundaryRule;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.CapacityBounds;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.theory.Throughput;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code batchq theory throughput}: capacity by the number of bins. */
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    description =
        "Capacity of full batches in k bins, first formed first served, one row per number of "
            + "bins: mean service time of a batch [s], exact capacity [req/s], bounds of it, what "
            + "it comes near for many bins, its share of the ceiling c B / E[l], and the "
            + "boundaries.",
    footerHeading = "%nExample:%n",
    footer = "  batchq theory throughput --law 'uniform(1,20)' --batch-size 128 --bins 1..4")
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

  @Override
  public Integer call() {
    Law law = options.law();
    table.print(
        new ResultTable(
            List.of(
                "bins",
                "service.mean",
                "throughput",
                "at.least",
                "at.most",
                "asymptotic",
                "efficiency",
                "boundaries",
                "kind",
                "source"),
            TheoryComputation.of("throughput", progress -> rows(law, progress))));
    return 0;
  }

  private List<List<String>> rows(Law law, ProgressLine progress) {
    List<List<String>> rows = new ArrayList<>();
    boolean listed = BoundariesArgument.isList(boundaries);
    BoundaryRule rule = listed ? null : BoundaryRules.named(boundaries);
    TheoryResult limit =
        rule == null
            ? new TheoryResult.Undefined("listed boundaries follow no rule", "T5, T6")
            : rule.limitingLoss(law, options.batchSize());
    List<BinBoundaries> all =
        BoundariesArgument.placed(boundaries, bins, "1..5", law, options.batchSize());
    for (BinBoundaries placed : all) {
      rows.add(row(law, placed, rule, limit));
      progress.computed(rows.size(), all.size());
    }
    return rows;
  }

  private List<String> row(
      Law law, BinBoundaries evaluated, @Nullable BoundaryRule rule, TheoryResult limit) {
    BatchSystem system =
        new BatchSystem(law, evaluated, options.batchSize(), options.service(), options.servers());
    TheoryResult capacity = Throughput.capacity(system);
    TheoryResult atLeast = CapacityBounds.atLeast(system, rule);
    TheoryResult atMost = CapacityBounds.atMost(system);
    TheoryResult asymptotic = CapacityBounds.asymptotic(system, limit);
    StringJoiner sources =
        new StringJoiner("; ")
            .add(isClosedForm(law, rule) ? "Prop. 4.1, Thm 4.2" : "Prop. 4.1, eq. (2)");
    addSource(sources, "at least ", atLeast);
    addSource(sources, "at most ", atMost);
    addSource(sources, "asymptotic ", asymptotic);
    return List.of(
        Integer.toString(evaluated.bins()),
        ResultTable.cell(system.meanBatchSeconds()),
        ResultTable.cell(capacity.value()),
        TheoryTable.value(atLeast),
        TheoryTable.value(atMost),
        TheoryTable.value(asymptotic),
        ResultTable.cell(capacity.value() / Throughput.maximum(system).value()),
        evaluated.toString(),
        capacity.kind(),
        sources.toString());
  }

  private static void addSource(StringJoiner sources, String label, TheoryResult result) {
    if (!Double.isNaN(result.value())) {
      sources.add(label + result.source());
    }
  }

  /** Whether the paper's closed form covers these bins. */
  private static boolean isClosedForm(Law law, @Nullable BoundaryRule rule) {
    return law.isUniform() && rule != null;
  }
}
