package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.ReferenceValues;
import io.github.batchq.engine.Runner;
import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.results.ResultFolder;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.SojournTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentFileTest {
  @TempDir Path folder;

  private Experiment small(String right, String wrong) {
    assertTrue(ExperimentFiles.SMALL.contains(right));
    return ExperimentFiles.read(folder, ExperimentFiles.SMALL.replace(right, wrong));
  }

  private static String csv(Experiment experiment, int threads) throws InterruptedException {
    RunResults results = Runner.run(experiment, threads, (runs, allRuns, requests) -> {});
    return results.summary().toCsv() + results.replications().toCsv();
  }

  @Test
  void crossesAxesInTheOrderOfTheFile() {
    Experiment experiment = ExperimentFiles.read(folder, ExperimentFiles.SMALL);
    assertEquals(List.of("policy.bins", "arrivals.rate"), experiment.paths());
    assertEquals(
        List.of("1 0.4", "1 0.5", "1 0.6", "2 0.4", "2 0.5", "2 0.6", "4 0.4", "4 0.5", "4 0.6"),
        experiment.points().stream().map(point -> String.join(" ", point.values())).toList());
    assertEquals(4, experiment.points().get(8).scenario().boundaries().bins());
  }

  @Test
  void zipsPathsThatGoTogether() {
    Experiment experiment =
        small(
            "policy.bins: [1, 2, 4]",
            "zip:\n    - {policy.bins: [1, 2], policy.batchSize: {from: 4, to: 8, step: 4}}");
    assertEquals(List.of("policy.bins", "policy.batchSize", "arrivals.rate"), experiment.paths());
    assertEquals(6, experiment.points().size());
    assertEquals(List.of("2", "8", "0.4"), experiment.points().get(3).values());
    assertTrue(
        assertThrows(
                BadInputException.class,
                () ->
                    small(
                        "policy.bins: [1, 2, 4]",
                        "zip: [{policy.bins: [1, 2], policy.batchSize: [4]}]"))
            .getMessage()
            .contains("equally many values"));
  }

  @Test
  void sweepsOverWholePolicies() {
    Experiment experiment =
        ExperimentFiles.read(
            folder,
            ExperimentFiles.SMALL
                .replace(
                    "policy.bins: [1, 2, 4]",
                    "policy: [{type: standard, batchSize: 8}, {type: multi-bin, bins: 2, boundaries: [6], batchSize: 4}]")
                .replace("series: policy.bins", "series: policy"));
    assertEquals("standard(batchSize=8)", experiment.points().get(0).values().get(0));
    assertEquals(
        "multi-bin(bins=2, boundaries=[6], batchSize=4)",
        experiment.points().get(3).values().get(0));
  }

  private Experiment atLoad(String replaced, String replacement) {
    String file =
        """
        name: load
        scenario:
          arrivals: {process: poisson-at-load, load: 0.5}
          service: {law: uniform, min: 1, max: 20}
          predictor: {type: symmetric-error, errorRate: 0.1}
          policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 128}
          servers: 2
          requests: 1000
        sweep:
          arrivals.load: [0.5, 2]
        replications: 2
        seed: 1
        metrics: [utilization, queueing.mean]
        """;
    assertTrue(file.contains(replaced));
    return ExperimentFiles.read(folder, file.replace(replaced, replacement));
  }

  /** Errors of Figure 8 of the paper. */
  @Test
  void arrivalsAtAShareOfTheCapacity() {
    List<Experiment.Point> points = atLoad("", "").points();
    double capacity =
        ReferenceValues.values("theory/laws.json", "fig8_B128_uniform_1_20")
            .requiredAt("/k2/0.10")
            .asDouble();
    assertEquals(capacity, points.get(0).scenario().arrivals().rate(), 1e-12);
    assertEquals(4 * capacity, points.get(1).scenario().arrivals().rate(), 1e-11);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "servers: 2|servers: infinite|infinitely many servers",
        "{type: symmetric-error, errorRate: 0.1}|{type: lognormal-noise, sigma: 0.1}|give a rate",
        "{law: uniform, min: 1, max: 20}|{law: pareto, shape: 1, scale: 1}|is 0",
        "[0.5, 2]|[0, 2]|load must be positive",
        "load: 0.5}|load: 0.5, rate: 2}|unknown key"
      })
  void aLoadNeedsACapacity(String replaced, String replacement, String words) {
    BadInputException e =
        assertThrows(BadInputException.class, () -> atLoad(replaced, replacement));
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }

  /** Quantiles with infinitely many servers and waits with one stand beside the simulation. */
  @Test
  void theoryOfLatency() {
    PreparedScenario one = atLoad("servers: 2", "servers: 1").points().get(0).scenario();
    TheoryOverlay overlay = TheoryOverlay.of(one);
    assertEquals("approximation", overlay.get(Metric.named("queueing.mean")).kind());
    assertEquals("undefined", overlay.get(Metric.named("latency.p95")).kind());
    PreparedScenario infinite = small("servers: 1", "servers: infinite").points().get(0).scenario();
    overlay = TheoryOverlay.of(infinite);
    assertEquals("undefined", overlay.get(Metric.named("queueing.mean")).kind());
    double median = overlay.get(Metric.named("latency.p50")).value();
    double late = overlay.get(Metric.named("latency.p99")).value();
    assertTrue(median < overlay.get(Metric.named("latency.p95")).value());
    assertEquals(0.5, 1 - survival(infinite, median), 1e-9);
    assertEquals(0.99, 1 - survival(infinite, late), 1e-9);
  }

  private static double survival(PreparedScenario scenario, double seconds) {
    BatchSystem system = scenario.withoutArrivals().fullBatches();
    return SojournTime.of(Objects.requireNonNull(system), scenario.arrivals().rate())
        .survival(seconds);
  }

  @Test
  void theCommandLineSetsValues() {
    Path file = ExperimentFiles.write(folder, ExperimentFiles.SMALL);
    Experiment experiment =
        ExperimentFile.read(
            file,
            Map.of(
                "scenario.servers", "infinite",
                "scenario.warmUp", "{requests: 10}",
                "sweep.policy.bins", "[3]",
                "replications", "7"));
    assertEquals(7, experiment.replications());
    assertEquals(3, experiment.points().size());
    assertTrue(experiment.points().get(0).scenario().servers().infinite());
    assertEquals(new WarmUp(10L, null), experiment.points().get(0).scenario().warmUp());
    assertTrue(
        assertThrows(
                BadInputException.class,
                () -> ExperimentFile.read(file, Map.of("scenario.serves", "2")))
            .getMessage()
            .contains("did you mean 'servers'"));
    assertTrue(
        assertThrows(
                BadInputException.class,
                () -> ExperimentFile.read(file, Map.of("scenaro.servers", "2")))
            .getMessage()
            .contains("did you mean 'scenario'"));
  }

  @Test
  void aSettingThatTheSweepOverridesIsRefused() {
    Path file = ExperimentFiles.write(folder, ExperimentFiles.SMALL);
    assertEquals(
        "--set scenario.policy.bins: the sweep gives policy.bins its values; set them with --set 'sweep.policy.bins=[...]'",
        assertThrows(
                BadInputException.class,
                () -> ExperimentFile.read(file, Map.of("scenario.policy.bins", "0")))
            .getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 8})
  void sameSeedSameBytesOnAnyNumberOfThreads(int threads) throws InterruptedException {
    Experiment experiment = ExperimentFiles.read(folder, ExperimentFiles.SMALL);
    String once = csv(experiment, 1);
    assertEquals(once, csv(experiment, threads));
    assertNotEquals(once, csv(experiment.withSeed(2), threads));
  }

  @Test
  void everyPointMeetsTheSameTraffic() throws InterruptedException {
    // The service seen with one bin does not depend on the arrival rate, nor on the number of bins
    // beside it.
    Experiment experiment = small("[throughput, latency.mean]", "[service.mean, throughput]");
    RunResults results = Runner.run(experiment, 2, (runs, allRuns, requests) -> {});
    Metric service = experiment.metrics().get(0);
    for (int r = 0; r < experiment.replications(); r++) {
      double first = results.value(0, r, service);
      assertEquals(first, results.value(1, r, service), 1e-9 * first);
      assertEquals(first, results.value(2, r, service), 1e-9 * first);
    }
    Experiment alone =
        ExperimentFiles.read(
            folder,
            ExperimentFiles.SMALL
                .replace("[1, 2, 4]", "[4]")
                .replace("[throughput, latency.mean]", "[service.mean, throughput]"));
    RunResults less = Runner.run(alone, 1, (runs, allRuns, requests) -> {});
    assertEquals(results.value(6, 1, service), less.value(0, 1, service));
  }

  @Test
  void moreReplicationsKeepTheFirstOnes() throws InterruptedException {
    Experiment three = ExperimentFiles.read(folder, ExperimentFiles.SMALL);
    Experiment five = three.withReplications(5);
    Metric throughput = three.metrics().get(0);
    RunResults few = Runner.run(three, 2, (runs, allRuns, requests) -> {});
    RunResults many = Runner.run(five, 2, (runs, allRuns, requests) -> {});
    for (int r = 0; r < 3; r++) {
      assertEquals(few.value(4, r, throughput), many.value(4, r, throughput));
    }
  }

  @Test
  void summaryHasSweptPathsThenMetricsWithIntervalsAndTheory() throws InterruptedException {
    Experiment experiment =
        small("[throughput, latency.mean]", "[throughput, latency.p99, latency.mean]");
    ResultTable summary = Runner.run(experiment, 2, (runs, allRuns, requests) -> {}).summary();
    assertEquals(
        List.of(
            "policy.bins",
            "arrivals.rate",
            "throughput",
            "throughput.ci95",
            "throughput.df",
            "throughput.theory",
            "throughput.theory.kind",
            "latency.p99",
            "latency.p99.ci95",
            "latency.p99.df",
            "latency.mean",
            "latency.mean.ci95",
            "latency.mean.df",
            "latency.mean.theory",
            "latency.mean.theory.kind",
            "replications",
            "stability",
            "stability.load",
            "stability.source"),
        summary.columns());
    assertEquals("exact", summary.text(0, "throughput.theory.kind"));
    assertEquals("lower-bound", summary.text(0, "latency.mean.theory.kind"));
    assertEquals(0.4, summary.number(0, "throughput.theory"));
    // Theorem 4.2 at one bin.
    assertEquals(72.0 / 161, summary.number(2, "throughput.theory"), 1e-12);
  }

  @Test
  void theoryOfTheTrafficOfATraceIsAnApproximation() throws IOException {
    StringBuilder trace = new StringBuilder("gap,seconds\n");
    for (int i = 0; i < 100; i++) {
      trace.append(1 + i % 3).append(',').append(1 + i % 7).append('\n');
    }
    Files.writeString(folder.resolve("trace.csv"), trace);
    Experiment experiment =
        ExperimentFiles.read(
            folder,
            """
            name: replay
            scenario:
              arrivals: {process: trace, trace: {format: csv, file: trace.csv, gap: gap, serviceTime: seconds}}
              service: trace
              policy: {type: standard, batchSize: 4}
              horizon: steady
            """);
    assertEquals(1, experiment.points().size());
    assertEquals(100, experiment.points().get(0).scenario().requests());
    TheoryOverlay overlay = TheoryOverlay.of(experiment.points().get(0).scenario());
    assertEquals("approximation", overlay.get(Metric.named("throughput")).kind());
    assertEquals("undefined", overlay.get(Metric.named("latency.p99")).kind());
  }

  @Test
  void theoryOfAllAtZeroIsTheFiniteRun() throws InterruptedException {
    Experiment experiment =
        ExperimentFiles.read(
            folder,
            """
            name: offline
            scenario:
              arrivals: {process: all-at-zero}
              service: {law: uniform, min: 1, max: 20}
              policy: {type: multi-bin, bins: 4, boundaries: equal-mass, batchSize: 128}
              requests: 128000
            replications: 20
            metrics: [throughput]
            """);
    ResultTable summary = Runner.run(experiment, 2, (runs, allRuns, requests) -> {}).summary();
    // T27: N / E[T], as finite-runs.csv of theory has it.
    assertEquals(9.95091, summary.number(0, "throughput.theory"), 5e-6);
    assertEquals("lower-bound", summary.text(0, "throughput.theory.kind"));
    assertEquals(
        summary.number(0, "throughput.theory"),
        summary.number(0, "throughput"),
        1.5 * summary.number(0, "throughput.ci95"));
  }

  @Test
  void resultsAreWrittenWholeOrNotAtAll() throws IOException {
    Path results = folder.resolve("results/small");
    ResultFolder.write(
        results, Map.of("summary.csv", new byte[] {1, 2}, "other.csv", new byte[] {3}));
    ResultFolder.write(results, Map.of("summary.csv", new byte[] {4}));
    assertEquals(1, Files.size(results.resolve("summary.csv")));
    assertEquals(1, Files.size(results.resolve("other.csv")));
    try (Stream<Path> files = Files.list(folder.resolve("results"))) {
      assertEquals(List.of(results), files.toList());
    }
    Path blocked = Files.writeString(folder.resolve("file"), "");
    assertThrows(
        BadInputException.class,
        () -> ResultFolder.write(blocked.resolve("small"), Map.of("a", new byte[0])));
  }
}
