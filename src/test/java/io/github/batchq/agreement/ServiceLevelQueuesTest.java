package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.engine.Runner;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.study.Capacity;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits and slowdowns of queues whose laws are known, from the file to the results. */
@Tag("long")
class ServiceLevelQueuesTest {
  /** Quantile of Student's t with 19 degrees of freedom for 99.9 %, over that for 95 %. */
  private static final double WIDER = 3.883 / 2.093;

  @TempDir Path folder;

  private Estimate measured(String metric, String arrivals, String service, String policy)
      throws InterruptedException {
    Experiment experiment =
        ExperimentFiles.read(
            folder,
            """
            name: levels
            scenario:
              arrivals: %s
              service: %s
              policy: %s
              limits: {latency: 3}
              requests: 60000
              warmUp: {requests: 10000}
            replications: 20
            metrics: [%s]
            """
                .formatted(arrivals, service, policy, metric));
    return Runner.run(experiment, 2, (runs, all, requests) -> {}).estimate(0, Metric.named(metric));
  }

  private static void agree(double expected, Estimate estimate) {
    assertEquals(expected, estimate.mean(), WIDER * estimate.halfWidth());
    assertTrue(estimate.halfWidth() < 0.02 * expected, estimate.toString());
  }

  /** M/M/1: the time in system is exponential with rate 1 - 0.5. */
  @Test
  void attainmentAndGoodputOfTheSimplestQueue() throws InterruptedException {
    String service = "{law: exponential, rate: 1}";
    String policy = "{type: standard, batchSize: 1}";
    double kept = 1 - Math.exp(-0.5 * 3);
    String arrivals = "{process: poisson, rate: 0.5}";
    agree(kept, measured("slo.attainment", arrivals, service, policy));
    agree(0.5 * kept, measured("goodput", arrivals, service, policy));
  }

  /**
   * M/G/1, first come first served: the wait does not depend on the request's own length, so the
   * mean slowdown is 1 + E[W] E[1/X]; E[W] by Pollaczek and Khinchine, E[1/X] = ln(20) / 19 for
   * U(1,20).
   */
  @ParameterizedTest
  @ValueSource(strings = {"{type: standard, batchSize: 1}", "{type: dynamic, batchSize: 1}"})
  void slowdownOfOneServer(String policy) throws InterruptedException {
    double rate = 0.06;
    double wait = rate * (10.5 * 10.5 + 19 * 19 / 12.0) / (2 * (1 - rate * 10.5));
    agree(
        1 + wait * Math.log(20) / 19,
        measured(
            "slowdown.mean",
            "{process: poisson, rate: 0.06}",
            "{law: uniform, min: 1, max: 20}",
            policy));
  }

  /** Who never waits has the slowdown 1. */
  @Test
  void jainsIndexIsOneWhereAllAreServedAtOnce() throws InterruptedException {
    Estimate index =
        measured(
            "slowdown.jain",
            "{process: poisson, rate: 0.000001}",
            "{law: uniform, min: 1, max: 20}",
            "{type: dynamic, batchSize: 8}");
    assertEquals(1, index.mean(), 1e-3);
  }

  /** 90 % of the requests of M/M/1 are within t up to the rate 1 - ln(10) / t. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void capacityUnderLimits(long seed) throws InterruptedException {
    String text =
        """
        name: limited
        scenario:
          arrivals: {process: poisson, rate: 0.5}
          service: {law: exponential, rate: 1}
          policy: {type: standard, batchSize: 1}
          limits: {latency: 4}
          requests: 30000
          warmUp: {requests: 5000}
        """;
    Metric attainment = Metric.named("slo.attainment");
    Capacity goal = new Capacity(attainment, 0.9, 0.05, 0.95, 64);
    ResultTable found =
        goal.search(ExperimentFiles.read(folder, text).withSeed(seed), 2, runs -> {});
    double exact = 1 - Math.log(10) / 4;
    double within = found.number(0, "rate.within");
    double beyond = found.number(0, "rate.beyond");
    assertTrue(within < exact && exact < beyond, within + " to " + beyond);
    assertTrue(beyond - within <= 0.05 * within, within + " to " + beyond);
    Experiment without = ExperimentFiles.read(folder, text.replace("  limits: {latency: 4}\n", ""));
    BadInputException refused =
        assertThrows(BadInputException.class, () -> goal.search(without, 2, runs -> {}));
    assertTrue(refused.getMessage().startsWith("slo.attainment needs limits in the scenario"));
  }
}
