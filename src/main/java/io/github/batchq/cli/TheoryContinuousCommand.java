package io.github.batchq.cli;

import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Law;
import io.github.batchq.theory.SharedSteps;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code batchq theory continuous}: requests that join and leave between token steps. */
@Command(
    name = "continuous",
    mixinStandardHelpOptions = true,
    description =
        "Mean latency of continuous batching on one server: with n active requests a token "
            + "step takes tau0 + alpha n seconds. Without a limit on n (any law), and with B slots "
            + "(exact for exponential lengths).",
    footerHeading = "%nExample:%n",
    footer = "  batchq theory continuous --law 'uniform(30,600)' --rate 0.1 --tau0 0.03")
final class TheoryContinuousCommand implements Callable<Integer> {
  @Option(
      names = "--law",
      required = true,
      paramLabel = "LAW",
      description = "law of the lengths [tokens] as a call, such as exponential(0.1)")
  private String lawCall;

  @Option(
      names = "--rate",
      required = true,
      paramLabel = "R",
      description = "arrival rate [req/s], Poisson")
  private double rate;

  @Option(
      names = "--tau0",
      required = true,
      paramLabel = "S",
      description = "seconds of every token step")
  private double tau0;

  @Option(
      names = "--alpha",
      paramLabel = "S",
      description = "seconds of a step for each active request (default: ${DEFAULT-VALUE})")
  private double alpha;

  @Option(
      names = "--slots",
      paramLabel = "B",
      description = "most active requests (default: only the values without a limit)")
  private @Nullable Integer slots;

  @Mixin private TableOptions output;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Law law = LawOption.read(lawCall, spec);
    output.print(TheoryComputation.ofOneSystem("continuous", () -> table(law)));
    return 0;
  }

  private ResultTable table(Law law) {
    TheoryTable table = new TheoryTable();
    SharedSteps batching = new SharedSteps(law, tau0, alpha);
    table.add("latency.without.limit", batching.withoutLimit(rate));
    if (slots != null) {
      table.add("latency.with.slots", batching.withSlots(slots, rate));
      table.add("capacity.with.slots", batching.capacity(slots));
    }
    return table.toResultTable();
  }
}
