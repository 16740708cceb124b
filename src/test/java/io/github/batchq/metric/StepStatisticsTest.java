package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.service.TokenCosts;
import io.github.batchq.sim.ServerPool;
import io.github.batchq.sim.StepScenario;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is measured where requests join and leave running batches. */
class StepStatisticsTest {
  private static final double EXACT = 1e-12;

  private static final StepScenario SCHEDULE =
      new StepScenario(
          List.of(1.0, 1.5, 1.6),
          List.of(3.0, 1.5, 1.0),
          List.of(4, 0, 0),
          new TokenCosts(0, 0, 0.25, 1, 0, 0, 0),
          new ContinuousBatching(2),
          BinBoundaries.none(),
          1);

  private static double of(String metric, RunStatistics run) {
    return Metric.named(metric).of(run);
  }

  /**
   * Request 0 joins at 1, the pass with its prompt takes 2 s and gives it its first token at 3;
   * request 1 joins then, whose prompt is empty; steps end at 4, 5, 6; 0 and 1 leave at 5, where 2
   * joins, which leaves at 6.
   */
  @Test
  void measuresAScheduleByHand() {
    RunStatistics run = new RunStatistics(1, WarmUp.NONE, 3, 2);
    SCHEDULE.run(true, run);
    assertEquals((4 + 3.5 + 4.4) / 3, of("latency.mean", run), EXACT);
    assertEquals(3 / 6.0, of("throughput", run), EXACT);
    assertEquals((0 + 1.5 + 3.4) / 3, of("queueing.mean", run), EXACT);
    assertEquals((4 + 2 + 1) / 3.0, of("service.mean", run), EXACT);
    assertEquals(0, of("formation.mean", run));
    assertEquals(0, of("padding", run), EXACT);
    assertEquals(5 / 6.0, of("utilization", run), EXACT);
    assertEquals(6 / 4.0, of("batch.size.mean", run), EXACT);
    // One slot of two for three seconds, both for two.
    assertEquals(3 / 3.5, of("capacity.seen", run), EXACT);
    // Alone they would take 4, 2 and 1 s.
    assertEquals(21 / 3.0 / (49 / 9.0) - 1, of("batch.time.variation", run), EXACT);
    assertEquals((2 + 2.5 + 4.4) / 3, of("ttft.mean", run), EXACT);
    assertEquals(4.4, of("ttft.p99", run), 4.4 * 0.0005);
    assertEquals(1, of("tpot.mean", run), EXACT);
    assertEquals(0, of("preemptions", run));
    assertEquals(4 + 3 + 2, of("memory.peak", run));
    assertEquals(3, of("backlog", run));
    assertEquals(13.0 / 6 - 1.0 / 3, of("length.mean", run), EXACT);
  }

  /**
   * The same schedule: first tokens after 2, 2.5 and 4.4 s, all others a second apart; alone they
   * would take 4, 2 and 1 s. The pass of two seconds finds 4 tokens, the steps at 3, 4, 5 find 5, 7
   * and none.
   */
  @Test
  void measuresLimitsSlowdownMemoryAndCostByHand() {
    RunStatistics run =
        new RunStatistics(
            ServerPool.of(1),
            WarmUp.NONE,
            3,
            2,
            new MeasurementTerms(true, 10, new Limits(2.0, 1.0, null), 7200.0, null));
    SCHEDULE.run(true, run);
    assertEquals(1 / 3.0, of("slo.attainment", run), EXACT);
    assertEquals(1 / 6.0, of("goodput", run), EXACT);
    assertEquals((1 + 1.75 + 4.4) / 3, of("slowdown.mean", run), EXACT);
    assertEquals(4.4, of("slowdown.p99", run), 4.4 * 0.0005);
    assertEquals(
        7.15 * 7.15 / (3 * (1 + 1.75 * 1.75 + 4.4 * 4.4)), of("slowdown.jain", run), EXACT);
    assertEquals(3.4, of("wait.max", run), EXACT);
    assertEquals(1, of("tpot.p50", run), 0.0005);
    assertEquals(1, of("itl.mean", run), EXACT);
    assertEquals((3 + 2 + 1) / 6.0, of("tokens.throughput", run), EXACT);
    assertEquals((2 * 4 + 5 + 7 + 0) / 6.0, of("memory.mean", run), EXACT);
    assertEquals(2 / 6.0, of("memory.occupancy", run), EXACT);
    assertEquals(7200 * 6 / 3600.0 / 6 * 1e6, of("cost.per.million.tokens", run), 1e-6);
  }

  /** The tokens of many steps, as a formula and step by step. */
  @Test
  void memoryIsTheSumOverSteps() {
    for (long seed = 0; seed < 200; seed++) {
      StepScenario scenario = StepScenario.random(seed);
      int requests = scenario.lengths().size();
      double[] means = new double[2];
      for (int merged = 0; merged < 2; merged++) {
        RunStatistics run =
            new RunStatistics(
                scenario.servers(), WarmUp.NONE, requests, scenario.policy().batchSize());
        scenario.run(merged == 1, run);
        means[merged] = of("memory.mean", run);
        assertTrue(means[merged] <= of("memory.peak", run));
        assertTrue(of("slowdown.mean", run) >= 1 - EXACT);
      }
      assertEquals(means[0], means[1], 1e-9 * means[0]);
    }
  }

  /** The memory of a run that stands alone has an interval, as its times have. */
  @Test
  void oneLongRunHasAnIntervalOfItsMemory() {
    int requests = 4000;
    Random random = new Random(11);
    StepScenario scenario =
        new StepScenario(
            IntStream.range(0, requests).mapToObj(i -> 5.0 * i).toList(),
            random.doubles(requests, 1, 9).boxed().toList(),
            Collections.nCopies(requests, 3),
            new TokenCosts(0, 0, 0.25, 1, 0, 0, 0),
            new ContinuousBatching(4),
            BinBoundaries.none(),
            1);
    RunStatistics run = new RunStatistics(1, WarmUp.NONE, requests, 4);
    scenario.run(true, run);
    for (String metric : List.of("memory.mean", "latency.mean")) {
      Estimate estimate = Metric.named(metric).batchMeans(run, Estimate.CONFIDENCE);
      assertEquals(of(metric, run), estimate.mean());
      assertTrue(
          estimate.halfWidth() > 0 && estimate.halfWidth() < 0.2 * estimate.mean(),
          metric + " " + estimate);
    }
  }

  @Test
  void leavesOutTheWarmUp() {
    RunStatistics run = new RunStatistics(1, new WarmUp(1L, null), 3, 2);
    SCHEDULE.run(true, run);
    // From 1.5 on: requests 1 and 2, and all that was done since; three were completed in 4.5 s.
    assertEquals((3.5 + 4.4) / 2, of("latency.mean", run), EXACT);
    assertEquals(3 / 4.5, of("throughput", run), EXACT);
    assertEquals(1, of("utilization", run), EXACT);
    assertEquals((2.5 + 4.4) / 2, of("ttft.mean", run), EXACT);
    assertEquals(3 / (0.75 + 2 + 0.5), of("capacity.seen", run), EXACT);
  }

  /** Latency is the wait and the service; the histogram holds the times that listeners see. */
  @Test
  void agreesWithTheTimesOfTheRequests() {
    for (long seed = 0; seed < 200; seed++) {
      StepScenario scenario = StepScenario.random(seed);
      int requests = scenario.lengths().size();
      RunStatistics run =
          new RunStatistics(
              scenario.servers(), WarmUp.NONE, requests, scenario.policy().batchSize());
      scenario.run(true, run);
      StepScenario.Outcome outcome = scenario.run(true);
      double arrivals = scenario.arrivals().stream().mapToDouble(time -> time).sum();
      double departures = DoubleStream.of(outcome.departures).sum();
      double firstTokens = DoubleStream.of(outcome.firstTokens).sum();
      assertEquals((departures - arrivals) / requests, of("latency.mean", run), 1e-6);
      assertEquals((firstTokens - arrivals) / requests, of("ttft.mean", run), 1e-6);
      assertEquals(
          of("latency.mean", run), of("queueing.mean", run) + of("service.mean", run), 1e-6);
      assertEquals(
          DoubleStream.of(outcome.preemptions).sum() / requests, of("preemptions", run), EXACT);
      assertTrue(of("utilization", run) <= 1 + EXACT);
    }
  }
}
