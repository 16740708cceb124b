package io.github.batchq.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.expectation.Stability;
import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.policy.DynamicBatching;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.study.Simulation;
import io.github.batchq.study.SimulationResults;
import io.github.batchq.theory.TheoryResult;
import io.github.batchq.workload.AllAtZero;
import io.github.batchq.workload.PoissonArrivals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finite runs: what becomes of these requests, and not what would happen in the long run. */
class FiniteRunsTest {
  private static final String TRACE =
      """
      name: replay
      scenario:
        arrivals: {process: trace, trace: {format: csv, file: trace.csv, arrivalTime: t, serviceTime: s}}
        service: trace
        policy: {type: standard, batchSize: 1}
      replications: 1
      metrics: [throughput, latency.mean, latency.p99, capacity.seen]
      """;

  @TempDir Path folder;

  private Experiment read(String text) {
    return ExperimentFiles.read(folder, text);
  }

  private Experiment replay(String rows) throws IOException {
    Files.writeString(folder.resolve("trace.csv"), "t,s\n" + rows);
    return read(TRACE);
  }

  private static ResultTable summary(Experiment experiment) {
    return ExperimentFiles.run(experiment).summary();
  }

  private static String refusal(Runnable what) {
    return assertThrows(BadInputException.class, what::run).getMessage();
  }

  /** 200 requests of 1 s, ten at a time: latencies 1, 2, ... 20, each ten times. */
  @Test
  void anOfflineJobShowsItsTimes() {
    SimulationResults job =
        Simulation.of(new AllAtZero(), new Deterministic(1), new StandardBatching(10))
            .requests(200)
            .replications(1)
            .run();
    assertEquals(10, job.estimate("throughput").mean(), 1e-12);
    assertEquals(10.5, job.estimate("latency.mean").mean(), 1e-12);
    assertEquals(20, job.estimate("latency.p99").mean(), 20 * 5e-4);
    assertEquals(new Stability(Regime.FINITE, Double.NaN, "horizon"), job.stability());
    assertEquals("Infinity", longRun(ExperimentFiles.offlineJob("steady")).text(0, "latency.mean"));
    assertEquals("10.5", longRun(ExperimentFiles.offlineJob("finite")).text(0, "latency.mean"));
  }

  private ResultTable longRun(String text) {
    return summary(read(text));
  }

  /**
   * 200 requests of 100 tokens of 0.01 s in ten slots: 10.5 s, the first token after 9.51 s. Within
   * a step, since the first request may take its first one alone.
   */
  @Test
  void anOfflineJobOfTokensShowsItsTimes() {
    ResultTable job =
        summary(
            read(
                """
                name: r04
                scenario:
                  arrivals: {process: all-at-zero}
                  service: {tokens: {law: deterministic, value: 100}, secondsPerToken: 0.01}
                  policy: {type: continuous, batchSize: 10}
                  servers: 1
                  requests: 200
                replications: 1
                metrics: [throughput, latency.mean, latency.p50, latency.p99, ttft.mean, ttft.p99, tpot.mean]
                """));
    assertEquals(10, job.number(0, "throughput"), 1e-9);
    assertEquals(10.5, job.number(0, "latency.mean"), 1e-9);
    assertEquals(9.51, job.number(0, "ttft.mean"), 1e-9);
    assertEquals(20, job.number(0, "latency.p99"), 20 * 5e-4);
    assertEquals(0.01, job.number(0, "tpot.mean"), 1e-12);
    assertFalse(job.toCsv().contains("Infinity"), job.toCsv());
    assertEquals("", job.text(0, "latency.mean.ci95"));
  }

  /** Overloaded, and with the time of each request worked out by hand: 6, 11, 13 s. */
  @Test
  void aReplayedTraceShowsTheMeansOfItsRequests() throws IOException {
    Experiment experiment = replay("3,6\n4,6\n7,5\n");
    ResultTable summary = summary(experiment);
    assertEquals((6.0 + 11 + 13) / 3, summary.number(0, "latency.mean"), 1e-12);
    assertEquals(3 / 17.0, summary.number(0, "throughput"), 1e-12);
    assertEquals("finite", summary.text(0, "stability"));
    assertEquals("run", summary.text(0, "stability.source"));
    // Two gaps in 4 s, three requests in 17 s of work.
    assertEquals(2 / 4.0 * 17 / 3, summary.number(0, "stability.load"), 1e-12);
  }

  /**
   * Three requests of which two do not fit into the memory: each takes 0.4 s for its prompt and 20
   * steps of 0.1 s alone, T = 2.4 s with the first token after 0.5 s, so the latencies are T, 2 T -
   * 0.1 and 3 T - 0.2.
   */
  @Test
  void threeRequestsHaveTheirMeans() throws IOException {
    Files.writeString(
        folder.resolve("tr-mem.csv"), "t,prompt,out\n0,40,20\n0.1,40,20\n0.2,40,20\n");
    ResultTable summary =
        summary(
            read(
                """
                name: r02b
                scenario:
                  arrivals: {process: trace, trace: {format: csv, file: tr-mem.csv, arrivalTime: t, promptTokens: prompt, tokens: out}}
                  service: {tokens: trace, model: {type: token-level, step: 0.1, prefillPerToken: 0.01}}
                  policy: {type: continuous, batchSize: 8, memory: 60}
                  servers: 1
                replications: 1
                metrics: [latency.mean, ttft.mean, tpot.mean, itl.mean, preemptions, memory.peak]
                """));
    assertEquals(2 * 2.4 - 0.1, summary.number(0, "latency.mean"), 1e-12);
    assertEquals(0.5 + 2.4 - 0.1, summary.number(0, "ttft.mean"), 1e-12);
    assertEquals(0.1, summary.number(0, "tpot.mean"), 1e-12);
    assertEquals(60, summary.number(0, "memory.peak"));
    assertEquals("finite", summary.text(0, "stability"));
  }

  @Test
  void aTraceMayHaveOneTime() throws IOException {
    ResultTable summary = summary(replay("5,1\n5,2\n5,3\n"));
    assertEquals((1.0 + 3 + 6) / 3, summary.number(0, "latency.mean"), 1e-12);
    assertEquals(3 / 6.0, summary.number(0, "throughput"), 1e-12);
    assertEquals("", summary.text(0, "stability.load"));
    String resampled = TRACE.replace("process: trace,", "process: trace-bootstrap,");
    ResultTable drawn =
        summary(read(resampled.replace("batchSize: 1}", "batchSize: 1}\n  requests: 9")));
    assertEquals(9 / drawn.number(0, "throughput"), 9 / drawn.number(0, "capacity.seen"), 1e-12);
  }

  /** One request takes 2 s, whenever it comes. */
  @Test
  void timeBeginsWithTheFirstArrival() {
    Simulation one =
        Simulation.of(new PoissonArrivals(0.1), new Deterministic(2), new StandardBatching(1))
            .requests(1);
    SimulationResults finite = one.horizon(Horizon.FINITE).run();
    assertEquals(0.5, finite.estimate("throughput").mean(), 1e-12);
    assertEquals(1, finite.estimate("utilization").mean(), 1e-12);
    assertTrue(one.run().estimate("throughput").mean() < 0.5);
  }

  @Test
  void aRunOfNoLengthHasNoRate() {
    ResultTable table =
        Simulation.of(new AllAtZero(), new Deterministic(0), new StandardBatching(1))
            .requests(3)
            .replications(2)
            .run()
            .table();
    assertFalse(table.toCsv().contains("Infinity"), table.toCsv());
    assertEquals("", table.text(0, "throughput"));
    assertEquals("0.0", table.text(0, "latency.mean"));
  }

  @Test
  void oneRunHasNoIntervalAndSeveralHaveOne() {
    Simulation queue =
        Simulation.of(new PoissonArrivals(0.5), new Uniform(0, 2), new StandardBatching(1))
            .requests(20_000)
            .replications(1);
    for (String metric : List.of("throughput", "latency.mean", "latency.p99")) {
      assertTrue(queue.run().estimate(metric).halfWidth() > 0);
      Estimate finite = queue.horizon(Horizon.FINITE).run().estimate(metric);
      assertTrue(Double.isNaN(finite.halfWidth()), metric);
      assertEquals(0, finite.degreesOfFreedom());
    }
    Estimate several = queue.horizon(Horizon.FINITE).replications(4).run().estimate("latency.mean");
    assertEquals(3, several.degreesOfFreedom());
  }

  /** At twice the capacity: what theory says is of these runs, and nothing is infinite. */
  @Test
  void theoryBesideAFiniteRunIsThatOfFiniteRuns() {
    SimulationResults run =
        Simulation.of(
                new PoissonArrivals(1),
                new Uniform(1, 20),
                new MultiBinBatching(2, "equal-mass", 8))
            .requests(100)
            .replications(400)
            .horizon(Horizon.FINITE)
            .run();
    for (String metric : List.of("formation.mean", "service.mean")) {
      TheoryResult theory = run.theory(metric);
      Estimate simulated = run.estimate(metric);
      assertEquals("exact", theory.kind());
      assertEquals(theory.value(), simulated.mean(), 1.5 * simulated.halfWidth());
      assertTrue(simulated.halfWidth() < 0.02 * simulated.mean());
    }
    assertEquals("undefined", run.theory("latency.mean").kind());
    assertEquals("undefined", run.theory("throughput").kind());
    assertTrue(Double.isFinite(run.estimate("latency.mean").mean()));
    assertEquals("theory", run.stability().source());
    assertTrue(run.stability().load() > 1.4);
  }

  /** A steady run of the same requests has another theory, and its overload has no latency. */
  @Test
  void theHorizonOfATraceCanBeTheSteadyState() throws IOException {
    Files.writeString(folder.resolve("trace.csv"), "t,s\n3,6\n4,6\n7,5\n");
    ResultTable summary =
        summary(read(TRACE.replace("  service:", "  horizon: steady\n  service:")));
    assertEquals("Infinity", summary.text(0, "latency.mean"));
    assertEquals("approximation", summary.text(0, "throughput.theory.kind"));
    assertFalse(summary(read(TRACE)).has("throughput.theory"));
  }

  @Test
  void aTraceCanComeAtOnce() throws IOException {
    Files.writeString(folder.resolve("trace.csv"), "t,s\n3,6\n4,6\n7,5\n");
    ResultTable summary = summary(read(TRACE.replace("s}}", "s}, rateScale: inf}")));
    assertEquals((6.0 + 12 + 17) / 3, summary.number(0, "latency.mean"), 1e-12);
  }

  @Test
  void aFreeServerTakesOneRequest() {
    String text =
        """
        name: one
        scenario:
          arrivals: {process: poisson, rate: 1}
          service: {tokens: {law: deterministic, value: 4}, secondsPerToken: 0.5}
          policy: {type: %s, batchSize: 8}
          requests: 1
        metrics: [latency.mean]
        """;
    for (String policy : List.of("continuous", "dynamic")) {
      assertEquals(2, summary(read(text.formatted(policy))).number(0, "latency.mean"), 1e-9);
    }
  }

  /** A batch that is larger than the memory of any machine, and a few requests in it. */
  @Test
  void aBatchSizeMayBeWithoutLimit() {
    for (String policy :
        List.of("standard", "dynamic", "elastic", "max-wait, bins: 1, maxWait: 1")) {
      String text =
          ExperimentFiles.offlineJob("finite")
              .replace("standard, batchSize: 10", policy + ", batchSize: 2000000000");
      double latency = summary(read(text)).number(0, "latency.mean");
      assertTrue(latency >= 1 && latency <= 3, policy + ": " + latency);
    }
  }

  @Test
  void theLastRequestOfATraceMayBeMeasuredAlone() throws IOException {
    Files.writeString(folder.resolve("trace.csv"), "t,s\n3,6\n4,6\n7,5\n");
    String text = TRACE.replace("  service:", "  warmUp: {time: %s}\n  service:");
    assertEquals(13, summary(read(text.formatted("4"))).number(0, "latency.mean"), 1e-12);
    assertTrue(refusal(() -> read(text.formatted("4.001"))).contains("arrives at 4.0 s"));
  }

  /** Nobody knows before whether the last arrival comes after the warm-up. */
  @Test
  void saysWhenARunHasNothingLeft() {
    Simulation few =
        Simulation.of(
                new PoissonArrivals(1), new Deterministic(1), new DynamicBatching(4, null, null))
            .requests(5)
            .warmUp(new WarmUp(null, 4.9))
            .replications(20);
    String refused = refusal(few::run);
    assertTrue(
        refused.matches(
            "the warm-up takes 4.9 s, and the last of 5 requests arrives at [0-9.]+ s in replication"
                + " \\d+, nothing is left to measure"),
        refused);
  }

  @Test
  void precisionNeedsSomethingRandom() throws IOException {
    Files.writeString(folder.resolve("trace.csv"), "t,s\n3,6\n4,6\n7,5\n");
    String precise = "precision: {metric: latency.mean, relative: 0.05}\n";
    String refused = refusal(() -> read(TRACE + precise));
    assertTrue(refused.contains("line 8: precision"), refused);
    assertTrue(refused.contains("process: trace-bootstrap"), refused);
    assertTrue(
        refusal(() -> read(ExperimentFiles.offlineJob("finite") + precise))
            .contains("nothing is random here"));
    String random =
        ExperimentFiles.offlineJob("finite")
            .replace("deterministic, value: 1", "uniform, min: 0, max: 2");
    ResultTable summary = summary(read(random + precise));
    assertEquals("reached", summary.text(0, "precision"));
    assertTrue(summary.number(0, "latency.mean.ci95") <= 0.05 * summary.number(0, "latency.mean"));
  }
}
