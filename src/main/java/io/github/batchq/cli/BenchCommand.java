package io.github.batchq.cli;

import io.github.batchq.bench.Heap;
import io.github.batchq.bench.PolicySpeed;
import io.github.batchq.bench.SpeedCase;
import io.github.batchq.bench.SpeedCase.Cost;
import io.github.batchq.bench.SpeedCase.Engine;
import io.github.batchq.bench.StepSpeed;
import io.github.batchq.file.Sweep;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.Require;
import io.github.batchq.model.ResultTable;
import io.github.batchq.random.Generator;
import io.github.batchq.report.TableFormat;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code batchq bench}: the kernels' speed on this machine beside a plain recursion over the same
 * random numbers, with many servers, and on several threads.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measure the speed of both kernels, with all metrics on, beside a plain recursion "
            + "over the same random numbers: Poisson arrivals, U(1,20), B = 8, k = 4, load 0.9; "
            + "then with many servers and on several threads. A row has the median over the rounds "
            + "of the time per request, and of its ratio to the time of what it is compared with.",
    footerHeading = "%nExample:%n",
    footer = "  batchq bench --requests 100000 --rounds 3")
final class BenchCommand implements Callable<Integer> {
  private static final int WARM_UP_ROUNDS = 3;
  private static final List<Integer> SERVERS = List.of(16, 256, 4096);

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "requests per round (default: ${DEFAULT-VALUE})")
  private long requests = 1_500_000;

  @Option(
      names = "--rounds",
      paramLabel = "R",
      description = "measured rounds (default: ${DEFAULT-VALUE})")
  private int rounds = 7;

  @Option(
      names = "--steps",
      description = {
        "measure the kernel of continuous batching instead: token steps of one server with 8, 64 and 256 slots, taken one by",
        "one and taken together, over a tenth as many requests; processor time, median and range of the rounds"
      })
  private boolean steps;

  @Option(
      names = "--policies",
      description = {
        "measure every policy as 'batchq run' simulates it instead: two runs of all metrics on one thread, beside dynamic",
        "batching, the plainest policy of the event kernel; processor time, mean of the rounds"
      })
  private boolean policies;

  @Option(
      names = "--sweep",
      paramLabel = "POINTS",
      arity = "0..1",
      fallbackValue = "20000",
      description = {
        "measure a sweep of many points instead, two runs of 1,000 requests each, from its file to its tables on one thread,",
        "beside as many requests in long runs (POINTS: ${FALLBACK-VALUE} unless given)"
      })
  private @Nullable Integer sweep;

  @Mixin private TableOptions table;

  @Spec private CommandSpec spec;

  private final List<List<String>> rows = new ArrayList<>();

  @Override
  public Integer call() throws InterruptedException {
    Require.INPUT.atLeast("--requests", requests, 1000);
    Require.INPUT.atLeast("--rounds", rounds, 1);
    if ((steps ? 1 : 0) + (policies ? 1 : 0) + (sweep != null ? 1 : 0) > 1) {
      throw new BadInputException("--steps, --policies and --sweep exclude each other");
    }
    if (sweep != null) {
      Require.INPUT.atLeast("--sweep", sweep, 1);
      Require.INPUT.atMost("--sweep", sweep, Sweep.MOST_POINTS);
      measureSweep(sweep);
    } else if (steps) {
      measureSteps();
    } else if (policies) {
      measurePolicies();
    } else {
      measureKernels();
    }
    if (table.format == TableFormat.TABLE) {
      PrintWriter console = spec.commandLine().getOut();
      console.println(Heap.describe());
      console.flush();
    }
    return 0;
  }

  private void measureKernels() throws InterruptedException {
    for (Generator generator : Generator.values()) {
      SpeedCase recursion = new SpeedCase(Engine.RECURSION, generator, 1, 1);
      compare(
          recursion,
          "recursion",
          List.of(
              new SpeedCase(Engine.EVENTS, generator, 1, 1),
              new SpeedCase(Engine.FULL_BATCHES, generator, 1, 1),
              recursion));
    }
    for (Engine engine : List.of(Engine.EVENTS, Engine.FULL_BATCHES)) {
      SpeedCase one = new SpeedCase(engine, Generator.LFSR258, 1, 1);
      compare(
          one,
          "one server",
          SERVERS.stream()
              .map(servers -> new SpeedCase(engine, Generator.LFSR258, servers, 1))
              .toList());
      compare(one, "one thread", onThreads(engine));
    }
    table.print(
        new ResultTable(
            List.of(
                "engine",
                "generator",
                "servers",
                "threads",
                "ns/request",
                "million requests/s",
                "bytes/request",
                "compared with",
                "ratio of times",
                "mean latency [s]"),
            rows));
  }

  private void measurePolicies() {
    List<PolicySpeed> all = PolicySpeed.all();
    List<List<PolicySpeed.Cost>> measured = inTurn(all, 1, policy -> policy.measure(requests));
    double dynamic = mean(measured.get(all.indexOf(PolicySpeed.DYNAMIC)));
    for (int i = 0; i < all.size(); i++) {
      List<PolicySpeed.Cost> costs = measured.get(i);
      double nanoseconds = mean(costs);
      rows.add(
          List.of(
              all.get(i).name(),
              ResultTable.cell(nanoseconds),
              ResultTable.cell(1e3 / nanoseconds),
              ResultTable.cell(nanoseconds / dynamic),
              ResultTable.cell(costs.get(0).meanLatency())));
    }
    table.print(
        new ResultTable(
            List.of(
                "policy",
                "ns/request",
                "million requests/s",
                "ratio to " + PolicySpeed.DYNAMIC.name(),
                "mean latency [s]"),
            rows));
  }

  private static double mean(List<PolicySpeed.Cost> costs) {
    return costs.stream().mapToDouble(PolicySpeed.Cost::nanoseconds).average().orElseThrow();
  }

  private void measureSteps() {
    List<StepSpeed> all = StepSpeed.all();
    List<List<StepSpeed.Cost>> measured =
        inTurn(all, WARM_UP_ROUNDS, steps -> steps.measure(requests / 10));
    for (int i = 0; i < all.size(); i++) {
      List<StepSpeed.Cost> costs = measured.get(i);
      double nanoseconds = median(costs, StepSpeed.Cost::nanoseconds);
      DoubleSummaryStatistics range =
          costs.stream().mapToDouble(StepSpeed.Cost::nanoseconds).summaryStatistics();
      StepSpeed.Cost any = costs.get(0);
      rows.add(
          List.of(
              String.valueOf(all.get(i).slots()),
              all.get(i).merge() ? "together" : "one by one",
              ResultTable.cell(nanoseconds),
              ResultTable.cell(range.getMin()),
              ResultTable.cell(range.getMax()),
              ResultTable.cell(1e3 / nanoseconds),
              ResultTable.cell(1e3 * any.tokens() / nanoseconds),
              ResultTable.cell(any.bytes()),
              ResultTable.cell(any.meanLatency())));
    }
    table.print(
        new ResultTable(
            List.of(
                "slots",
                "steps",
                "ns/step",
                "least",
                "most",
                "million steps/s",
                "million tokens/s",
                "bytes/step",
                "mean latency [s]"),
            rows));
  }

  private void measureSweep(int points) {
    List<SweepSpeed.Cost> sweeps = new ArrayList<>();
    List<Double> inLongRuns = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    SweepSpeed speed = new SweepSpeed();
    for (int round = -1; round < rounds; round++) {
      SweepSpeed.Cost cost = speed.shortRuns(points);
      double unit = speed.longRuns(points).nanoseconds();
      if (round >= 0) {
        sweeps.add(cost);
        inLongRuns.add(unit);
        ratios.add(cost.nanoseconds() / unit);
      }
    }
    rows.add(
        List.of(
            String.valueOf(sweeps.get(0).points()),
            String.valueOf(sweeps.get(0).runs()),
            ResultTable.cell(
                median(sweeps.stream().map(cost -> cost.runs() / cost.wallSeconds()).toList())),
            ResultTable.cell(median(sweeps.stream().map(SweepSpeed.Cost::bytes).toList())),
            ResultTable.cell(median(sweeps.stream().map(SweepSpeed.Cost::nanoseconds).toList())),
            ResultTable.cell(median(inLongRuns)),
            ResultTable.cell(median(ratios))));
    table.print(
        new ResultTable(
            List.of(
                "points",
                "runs",
                "runs/s",
                "bytes/point",
                "ns/request",
                "ns/request in long runs",
                "ratio of times"),
            rows));
  }

  /**
   * Measures all cases in every round, so that a busy moment of the machine falls on all of them.
   *
   * @param warmUp rounds before those that count
   * @return for every case what the rounds cost
   */
  private <T, C> List<List<C>> inTurn(List<T> cases, int warmUp, Function<T, C> measure) {
    List<List<C>> costs = new ArrayList<>();
    cases.forEach(one -> costs.add(new ArrayList<>()));
    for (int round = -warmUp; round < rounds; round++) {
      for (int i = 0; i < cases.size(); i++) {
        C cost = measure.apply(cases.get(i));
        if (round >= 0) {
          costs.get(i).add(cost);
        }
      }
    }
    return costs;
  }

  /** Cases on 1, 2, 4, ... threads, up to the number of processors. */
  private static List<SpeedCase> onThreads(Engine engine) {
    List<SpeedCase> cases = new ArrayList<>();
    int processors = Runtime.getRuntime().availableProcessors();
    for (int threads = 2; threads < 2 * processors; threads *= 2) {
      cases.add(new SpeedCase(engine, Generator.LFSR258, 1, Math.min(threads, processors)));
    }
    return cases;
  }

  /** Measures cases in turn with what they are compared with, round by round. */
  private void compare(SpeedCase reference, String name, List<SpeedCase> cases)
      throws InterruptedException {
    List<List<Cost>> costs = new ArrayList<>();
    List<List<Double>> ratios = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      costs.add(new ArrayList<>());
      ratios.add(new ArrayList<>());
    }
    for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
      Cost unit = reference.measure(requests);
      for (int i = 0; i < cases.size(); i++) {
        SpeedCase measured = cases.get(i);
        Cost cost = measured.equals(reference) ? unit : measured.measure(requests);
        if (round >= 0) {
          costs.get(i).add(cost);
          ratios.get(i).add(cost.nanoseconds() / unit.nanoseconds());
        }
      }
    }
    for (int i = 0; i < cases.size(); i++) {
      rows.add(row(cases.get(i), costs.get(i), name, median(ratios.get(i))));
    }
  }

  private static List<String> row(
      SpeedCase measured, List<Cost> costs, String comparedWith, double ratio) {
    double nanoseconds = median(costs, Cost::nanoseconds);
    return List.of(
        measured.engine().label(),
        measured.generator().id(),
        String.valueOf(measured.servers()),
        String.valueOf(measured.threads()),
        ResultTable.cell(nanoseconds),
        ResultTable.cell(1e3 / nanoseconds),
        ResultTable.cell(median(costs, Cost::bytes)),
        comparedWith,
        ResultTable.cell(ratio),
        ResultTable.cell(costs.get(0).meanLatency()));
  }

  private static <C> double median(List<C> costs, ToDoubleFunction<C> part) {
    return median(costs.stream().map(part::applyAsDouble).toList());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
