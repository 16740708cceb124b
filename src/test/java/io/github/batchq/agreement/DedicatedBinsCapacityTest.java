package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.expectation.Stability;
import io.github.batchq.expectation.Stability.Regime;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.BoundaryChoice;
import io.github.batchq.policy.DedicatedBinBatching;
import io.github.batchq.policy.PolicySetting;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.ObservedBoundaries;
import io.github.batchq.sim.KernelRun;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServedBatch;
import io.github.batchq.study.Simulation;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.EqualMass;
import io.github.batchq.workload.PoissonArrivals;
import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bins that are bound to servers carry what theory says. */
class DedicatedBinsCapacityTest {
  private static final Uniform LENGTHS = new Uniform(1, 20);
  private static final int BATCH_SIZE = 8;

  private static double capacity(int bins, int servers) {
    BatchSystem one = BatchSystem.of(LENGTHS, BinBoundaries.none(), BATCH_SIZE);
    return io.github.batchq.theory.DedicatedBins.capacity(
            new BatchSystem(
                LENGTHS,
                new EqualMass().boundaries(LENGTHS, bins, BATCH_SIZE),
                BATCH_SIZE,
                one.service(),
                servers))
        .value();
  }

  private static DedicatedBinBatching policy(int bins) {
    return new DedicatedBinBatching(bins, BoundaryChoice.rule("equal-mass"), BATCH_SIZE, null);
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "4, 2", "2, 3"})
  void isStableBelowItsCapacityAndOverloadedAboveIt(int bins, int servers) {
    double capacity = capacity(bins, servers);
    for (double load : new double[] {0.93, 1.07}) {
      Stability stability =
          Simulation.of(new PoissonArrivals(load * capacity), LENGTHS, policy(bins))
              .servers(servers)
              .requests(60_000)
              .warmUp(new WarmUp(3_000L, null))
              .replications(8)
              .run()
              .stability();
      assertEquals(load < 1 ? Regime.STABLE : Regime.OVERLOADED, stability.regime());
      assertEquals("theory", stability.source());
    }
  }

  /**
   * Above its capacity the group with the most work completes its share of the capacity: what a
   * group completes for each request that comes is least there. The interval is one of 4 deviations
   * of the group's batch times, whose mean it stands for.
   */
  @ParameterizedTest
  @CsvSource({"2, 2", "4, 2", "2, 3"})
  void theGroupWithTheMostWorkCompletesTheCapacity(int bins, int servers) {
    double capacity = capacity(bins, servers);
    int groups = Math.min(bins, servers);
    int requests = 200_000;
    // Before the last arrival.
    double end = 0.95 * requests / (1.4 * capacity);
    long[] completed = new long[groups];
    double[] lastArrival = {0};
    SummaryStatistics[] seconds = new SummaryStatistics[groups];
    Arrays.setAll(seconds, group -> new SummaryStatistics());
    Run.Recorder recorder =
        new Run.Recorder() {
          @Override
          public void arrived(long id, double now) {
            lastArrival[0] = now;
          }

          @Override
          public void completed(ServedBatch batch, double now) {
            if (now <= end) {
              completed[batch.bin() % groups] += batch.size();
              seconds[batch.bin() % groups].addValue(batch.seconds());
            }
          }
        };
    KernelRun.of(
            Run.source(
                new RandomStreams(17, 1), 0, new Exponential(1.4 * capacity), LENGTHS, requests),
            policy(bins),
            new PolicySetting(
                new EqualMass().boundaries(LENGTHS, bins, BATCH_SIZE),
                servers,
                ObservedBoundaries.ESTIMATOR))
        .servers(servers)
        .tell(recorder);
    assertTrue(end < lastArrival[0]);
    int most = 0;
    for (int group = 0; group < groups; group++) {
      most = share(completed, group, bins) < share(completed, most, bins) ? group : most;
    }
    double error =
        4
            * seconds[most].getStandardDeviation()
            / seconds[most].getMean()
            / Math.sqrt((double) seconds[most].getN());
    assertEquals(capacity, share(completed, most, bins) / end, error * capacity);
    assertTrue(error < 0.02, "the capacity is not known: " + error);
  }

  /** What a group has completed over its share of the arrivals, for bins of equal mass. */
  private static double share(long[] completed, int group, int bins) {
    int ofGroup = 0;
    for (int bin = group; bin < bins; bin += completed.length) {
      ofGroup++;
    }
    return (double) completed[group] * bins / ofGroup;
  }
}
