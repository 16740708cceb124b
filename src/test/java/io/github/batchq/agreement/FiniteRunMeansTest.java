package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.batchq.metric.Estimate;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.policy.MultiBinBatching;
import io.github.batchq.random.Erlang;
import io.github.batchq.random.Uniform;
import io.github.batchq.study.Simulation;
import io.github.batchq.study.SimulationResults;
import io.github.batchq.theory.BatchSystem;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.FiniteRunLatency;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.PoissonArrivals;
import io.github.batchq.workload.RenewalArrivals;
import io.github.batchq.workload.SymmetricError;
import org.apache.commons.math3.distribution.TDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs of the kernel have the means that theory gives a finite run, on any number of servers. */
@Tag("long")
class FiniteRunMeansTest {
  private static final Uniform LENGTHS = new Uniform(1, 20);
  private static final double RATE = 0.5;

  @ParameterizedTest
  @CsvSource({
    "1, 1, 17, 1",
    "1, 3, 17, 2",
    "1, 8, 100, 1",
    "2, 1, 100, 3",
    "2, 3, 17, 1",
    "2, 8, 1000, 1",
    "4, 3, 100, 8",
    "4, 8, 17, 1",
    "4, 8, 1000, 2",
    "2, 8, 100, 1000"
  })
  void simulatedMeansAreThoseOfTheory(int bins, int batchSize, long requests, int servers) {
    check(bins, batchSize, requests, servers, 0, new PoissonArrivals(RATE));
  }

  @ParameterizedTest
  @CsvSource({"2, 3, 17, 1", "4, 8, 100, 2"})
  void soAreThoseOfErringPredictionsAndOtherGaps(
      int bins, int batchSize, long requests, int servers) {
    check(bins, batchSize, requests, servers, 0.2, new RenewalArrivals(new Erlang(3, 3 * RATE)));
  }

  private static void check(
      int bins, int batchSize, long requests, int servers, double errorRate, ArrivalSpec arrivals) {
    int replications = (int) Math.max(400, 40_000 / requests);
    SimulationResults results =
        Simulation.of(arrivals, LENGTHS, new MultiBinBatching(bins, "equal-mass", batchSize))
            .predictor(new SymmetricError(errorRate))
            .servers(servers)
            .requests(requests)
            .replications(replications)
            .seed(63)
            .run();
    BatchSystem system =
        BatchSystem.of(
                LENGTHS,
                BoundaryRules.named("equal-mass").boundaries(LENGTHS, bins, batchSize),
                batchSize)
            .withErrors(ConfusionMatrix.symmetric(bins, errorRate));
    double formation = FiniteRunLatency.formation(system, RATE, requests).value();
    double service = FiniteRunLatency.service(system, requests).value();
    double t = new TDistribution(replications - 1).inverseCumulativeProbability(0.975);
    assertNear(formation, results.estimate("formation.mean"), t);
    assertNear(service, results.estimate("service.mean"), t);
    if (servers == 1000) {
      double latency = FiniteRunLatency.infiniteServers(system, RATE, requests).value();
      assertEquals(formation + service, latency, 1e-12);
      assertNear(latency, results.estimate("latency.mean"), t);
    }
  }

  /** Within four standard errors. */
  private static void assertNear(double expected, Estimate estimate, double t) {
    assertEquals(expected, estimate.mean(), 4 * estimate.halfWidth() / t + 1e-9);
  }
}
