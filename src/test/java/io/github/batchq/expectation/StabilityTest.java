package io.github.batchq.expectation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.Batch;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.model.ResultTable;
import io.github.batchq.policy.BatchingPolicy;
import io.github.batchq.policy.Decision;
import io.github.batchq.policy.FreeServers;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.policy.PolicySetting;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.study.Simulation;
import io.github.batchq.study.SimulationResults;
import io.github.batchq.workload.AllAtZero;
import io.github.batchq.workload.LognormalNoise;
import io.github.batchq.workload.PoissonArrivals;
import io.github.batchq.workload.PoissonAtLoad;
import java.util.ArrayDeque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts where the truth is known, and what becomes of times that have no steady state. */
class StabilityTest {
  private static final Uniform LENGTHS = new Uniform(1, 20);

  private static Simulation bins(double load) {
    return Simulation.of(new PoissonAtLoad(load), LENGTHS, new MultiBinBatching(4, "equal-mass", 8))
        .requests(40_000)
        .replications(3);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, STABLE",
    "0.9, STABLE",
    "0.97, STABLE",
    "0.995, CRITICAL",
    "1.005, CRITICAL",
    "1.05, OVERLOADED",
    "3, OVERLOADED"
  })
  void theoryKnowsTheLoad(double load, Regime verdict) {
    Stability stability = bins(load).run().stability();
    assertEquals(verdict, stability.regime());
    assertEquals(load, stability.load(), 1e-12);
    assertEquals("theory", stability.source());
  }

  /** Where it is critical depends on the length of the runs. */
  @Test
  void longerRunsTellNearerLoadsApart() {
    assertEquals(Regime.CRITICAL, bins(0.98).run().stability().regime());
    assertEquals(Regime.STABLE, bins(0.98).requests(1_000_000).run().stability().regime());
  }

  /** With noisy lengths theory has no capacity; for 1 bin it is the same as without. */
  @ParameterizedTest
  @CsvSource({"0.5, STABLE", "0.9, STABLE", "1.05, OVERLOADED", "2, OVERLOADED"})
  void aRunShowsItsOwnLoad(double load, Regime verdict) {
    double capacity = 8 / new Uniform(1, 20).quantile(8 / 9.0);
    Stability stability =
        Simulation.of(
                new PoissonArrivals(load * capacity),
                LENGTHS,
                new MultiBinBatching(2, "equal-mass", 8))
            // So noisy that bins say nothing of the lengths: batches are those of one bin.
            .predictor(new LognormalNoise(1000))
            .requests(40_000)
            .replications(5)
            .run()
            .stability();
    assertEquals("run", stability.source());
    assertEquals(verdict, stability.regime());
    assertEquals(load, stability.load(), 0.02);
  }

  /** Lets half of its requests wait for ever beside an idle server. */
  private static final class Forgetful implements PolicySpec, BatchingPolicy {
    private final ArrayDeque<QueuedRequest> queue = new ArrayDeque<>();
    private int forgotten;

    @Override
    public int batchSize() {
      return 1;
    }

    @Override
    public BatchingPolicy create(PolicySetting setting) {
      return new Forgetful();
    }

    @Override
    public void enqueue(QueuedRequest request) {
      if (request.id() % 2 == 0) {
        queue.add(request);
      } else {
        forgotten++;
      }
    }

    @Override
    public Decision decide(double now, FreeServers free) {
      return queue.isEmpty()
          ? Decision.WAIT
          : new Decision.Dispatch(new Batch(new QueuedRequest[] {queue.remove()}, 0, now, false));
    }

    @Override
    public void arrivalsEnded(double now) {}

    @Override
    public int waiting() {
      return queue.size() + forgotten;
    }
  }

  @Test
  void requestsThatPileUpBesideIdleServersAreOverload() {
    Stability stability =
        Simulation.of(new PoissonArrivals(0.5), new Exponential(1), new Forgetful())
            .requests(20_000)
            .replications(3)
            .run()
            .stability();
    assertEquals(new Stability(Regime.OVERLOADED, Double.NaN, "growth"), stability);
  }

  @Test
  void offlineJobsAreOverloadInTheLongRunAndInfinitelyManyServersNever() {
    assertEquals(
        Regime.OVERLOADED,
        Simulation.of(new AllAtZero(), LENGTHS, new StandardBatching(8))
            .requests(1000)
            .horizon(Horizon.STEADY)
            .run()
            .stability()
            .regime());
    assertEquals(
        Regime.STABLE,
        Simulation.of(new PoissonArrivals(1e6), LENGTHS, new StandardBatching(8))
            .requests(1000)
            .infinitelyManyServers()
            .run()
            .stability()
            .regime());
  }

  @Test
  void anOverloadedPointHasNoFiniteLatencyInTheSummary() {
    ResultTable table =
        bins(1)
            .vary("load", List.of(0.8, 1.2), (s, load) -> s.arrivals(new PoissonAtLoad(load)))
            .run()
            .table("latency.mean", "latency.p99", "queueing.mean", "formation.mean");
    assertEquals("stable", table.text(0, "stability"));
    assertEquals("overloaded", table.text(1, "stability"));
    for (String metric : List.of("latency.mean", "latency.p99", "queueing.mean")) {
      assertTrue(Double.isFinite(table.number(0, metric)));
      assertEquals("2", table.text(0, metric + ".df"));
      assertEquals(Double.POSITIVE_INFINITY, table.number(1, metric));
      assertEquals("", table.text(1, metric + ".ci95"));
      assertEquals("", table.text(1, metric + ".df"));
    }
    assertEquals("Infinity", table.text(1, "latency.mean.theory"));
    assertTrue(Double.isFinite(table.number(1, "formation.mean")));
    assertEquals("3", table.text(1, "replications"));
  }

  /** Each replication leaves out what MSER-5 finds in it, and says how much that was. */
  @Test
  void theWarmUpThatIsFoundIsLeftOut() {
    Simulation queue =
        Simulation.of(new PoissonArrivals(0.9), new Exponential(1), new StandardBatching(1))
            .requests(5_000)
            .replications(1);
    int found = 0;
    for (int seed = 1; seed <= 20; seed++) {
      Simulation run = queue.seed(seed);
      double left = run.run().estimate("warmup.mser5").mean();
      if (Double.isNaN(left)) {
        left = 2_500;
      } else {
        found++;
      }
      SimulationResults detected = run.warmUp(new WarmUp(null, null, WarmUp.Detection.MSER5)).run();
      SimulationResults told = run.warmUp(new WarmUp((long) left, null)).run();
      assertEquals(left, detected.estimate("warmup.mser5").mean());
      assertEquals(told.estimate("latency.mean"), detected.estimate("latency.mean"));
      assertEquals(told.estimate("latency.p99"), detected.estimate("latency.p99"));
    }
    assertTrue(found >= 10, "found: " + found);
  }

  /**
   * One run of M/M/1 at load 0.5 has intervals by batch means for means and quantiles, and they
   * cover what theory says: mean 2, quantiles -2 log(1 - p).
   */
  @Test
  void oneLongRunHasIntervals() {
    SimulationResults run =
        Simulation.of(new PoissonArrivals(0.5), new Exponential(1), new StandardBatching(1))
            .requests(2_000_000)
            .replications(1)
            .run();
    check(run.estimate("latency.mean"), 2);
    check(run.estimate("latency.p50"), -2 * Math.log(0.5));
    check(run.estimate("latency.p95"), -2 * Math.log(0.05));
    check(run.estimate("latency.p99"), -2 * Math.log(0.01));
    check(run.estimate("utilization"), 0.5);
    check(run.estimate("throughput"), 0.5);
    assertTrue(Double.isNaN(run.estimate("backlog").halfWidth()));
  }

  private static void check(Estimate estimate, double truth) {
    assertEquals(truth, estimate.mean(), 1.5 * estimate.halfWidth());
    assertTrue(estimate.halfWidth() < 0.02 * truth, "half-width: " + estimate.halfWidth());
    assertTrue(estimate.degreesOfFreedom() >= 7);
  }
}
