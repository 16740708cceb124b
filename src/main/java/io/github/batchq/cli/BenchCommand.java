package io.github.batchq.cli;

import com.sun.management.ThreadMXBean;
import io.github.batchq.experiment.ResultTable;
import io.github.batchq.model.BadInputException;
import io.github.batchq.random.Generator;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code batchq bench}: the kernel's speed on this machine beside a plain recursion over the same
 * random numbers.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measure the kernel's speed on one core, with all metrics on, beside a plain recursion over the same random",
      "numbers: Poisson arrivals, U(1,20), B = 8, k = 4, one server, load 0.9. The median over the rounds counts."
    })
final class BenchCommand implements Callable<Integer> {
  private static final int WARM_UP_ROUNDS = 3;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "requests per round (default: ${DEFAULT-VALUE})")
  private long requests = 5_000_000;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "measured rounds (default: ${DEFAULT-VALUE})")
  private int rounds = 7;

  @Mixin private TableOptions table;

  /** picocli fills the fields. */
  @SuppressWarnings("NullAway.Init")
  BenchCommand() {}

  /** What one way of simulating cost in one round. */
  private record Cost(double nanoseconds, double bytes, double meanLatency) {}

  @Override
  public Integer call() {
    if (requests < 1000 || rounds < 1) {
      throw new BadInputException(
          "bench needs --requests of at least 1000 and --rounds of at least 1, found "
              + requests
              + " and "
              + rounds);
    }
    SpeedScenario scenario = new SpeedScenario(Generator.LFSR258, 1);
    List<Cost> kernel = new ArrayList<>();
    List<Cost> recursion = new ArrayList<>();
    List<Cost> fullBatches = new ArrayList<>();
    double[] ratios = new double[rounds];
    double[] fullBatchRatios = new double[rounds];
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      Cost plain = measure(scenario::recursion);
      Cost events = measure(scenario::kernel);
      Cost full = measure(scenario::fullBatchKernel);
      if (round >= 0) {
        recursion.add(plain);
        kernel.add(events);
        fullBatches.add(full);
        fullBatchRatios[round] = full.nanoseconds() / plain.nanoseconds();
        ratios[round] = events.nanoseconds() / plain.nanoseconds();
      }
    }
    ResultTable costs =
        new ResultTable(
            List.of(
                "engine",
                "ns/request",
                "million requests/s",
                "ratio to recursion",
                "bytes/request",
                "mean latency [s]"),
            List.of(
                row("kernel, all metrics", kernel, median(ratios)),
                row("full batches, all metrics", fullBatches, median(fullBatchRatios)),
                row("plain recursion", recursion, 1)));
    table.print(costs);
    return 0;
  }

  private Cost measure(LongToDoubleFunction engine) {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = thread.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    double meanLatency = engine.applyAsDouble(requests);
    double nanoseconds = (double) (System.nanoTime() - start) / requests;
    return new Cost(
        nanoseconds,
        (double) (thread.getCurrentThreadAllocatedBytes() - bytes) / requests,
        meanLatency);
  }

  private static List<String> row(String engine, List<Cost> costs, double ratio) {
    double nanoseconds = median(costs.stream().mapToDouble(Cost::nanoseconds).toArray());
    return List.of(
        engine,
        ResultTable.cell(nanoseconds),
        ResultTable.cell(1e3 / nanoseconds),
        ResultTable.cell(ratio),
        ResultTable.cell(median(costs.stream().mapToDouble(Cost::bytes).toArray())),
        ResultTable.cell(costs.get(0).meanLatency()));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
