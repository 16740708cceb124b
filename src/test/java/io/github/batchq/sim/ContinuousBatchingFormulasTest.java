package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Estimate;
import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.ContinuousBatching;
import io.github.batchq.policy.PolicySetting;
import io.github.batchq.policy.StepRules;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.Uniform;
import io.github.batchq.service.TokenCosts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The step kernel against T23 and T24. There tokens flow; here a unit of length is 1000 tokens, so
 * that rounding to whole tokens and waiting for the end of a step are small.
 */
@Tag("long")
class ContinuousBatchingFormulasTest {
  private static final int REPLICATIONS = 20;
  private static final double CONFIDENCE = 0.999;
  private static final int TOKENS = 1000;

  /** Steps of (tau0 + alpha n) / 1000 seconds. */
  private static TokenCosts fluid(double tau0, double alpha) {
    return new TokenCosts(0, 0, 0, tau0 / TOKENS, alpha / TOKENS, 0, 0);
  }

  private static List<RunStatistics> runs(
      Law tokens, double rate, TokenCosts costs, int slots, int servers, int requests) {
    List<RunStatistics> runs = new ArrayList<>();
    for (int run = 0; run < REPLICATIONS; run++) {
      RunStatistics statistics =
          new RunStatistics(servers, new WarmUp(requests / 10L, null), requests, slots);
      new StepKernel(
              Run.source(
                  new RandomStreams(12, REPLICATIONS),
                  run,
                  new Exponential(rate),
                  tokens,
                  requests),
              new ContinuousBatching(slots).create(PolicySetting.of(BinBoundaries.none())),
              costs,
              StepRules.PLAIN,
              servers,
              slots,
              true,
              List.of(statistics))
          .run();
      runs.add(statistics);
    }
    return runs;
  }

  private static Estimate estimate(
      List<RunStatistics> runs, ToDoubleFunction<RunStatistics> metric) {
    return Estimate.of(runs.stream().mapToDouble(metric).toArray(), CONFIDENCE);
  }

  private static void agree(double exact, Estimate found, double precision) {
    assertEquals(exact, found.mean(), found.halfWidth());
    assertTrue(found.halfWidth() < precision * exact, "not known: " + found);
  }

  /** M/M/8 with a mean service time of 10 s, by one server of 8 slots, 8 of one, and 2 of 4. */
  @ParameterizedTest
  @CsvSource({"1, 8", "8, 1", "2, 4"})
  void constantStepsAreServersInParallel(int servers, int slots) {
    double rate = 0.6;
    List<RunStatistics> runs =
        runs(new Exponential(1e-4), rate, fluid(1, 0), slots, servers, 40_000);
    // The mean of exponential tokens rounded up is 1 / (1 - exp(-1/10000)).
    agree(
        erlangC(8, rate * 10.0005) * 10.0005 / (8 - rate * 10.0005) + 10.0005,
        estimate(runs, Metric.LATENCY_MEAN::of),
        0.02);
    agree(10.0005, estimate(runs, Metric.SERVICE_MEAN::of), 0.02);
    assertEquals(0, Metric.PADDING.of(runs.get(0)), 1e-12);
    assertEquals(0, Metric.FORMATION_MEAN.of(runs.get(0)));
  }

  /** The probability to wait in M/M/c with c servers and an offered load. */
  private static double erlangC(int c, double load) {
    double blocking = 1;
    for (int n = 1; n <= c; n++) {
      blocking = load * blocking / (n + load * blocking);
    }
    return c * blocking / (c - load * (1 - blocking));
  }

  /** The birth-death chain of T24: tau = 1 + 0.05 n, 8 slots, rate 0.45, E[L] = 10. */
  @Test
  void growingStepsAreABirthDeathChain() {
    agree(
        16.497,
        estimate(
            runs(new Exponential(1e-4), 0.45, fluid(1, 0.05), 8, 1, 200_000),
            Metric.LATENCY_MEAN::of),
        0.01);
  }

  static Stream<Arguments> laws() {
    return Stream.of(
        Arguments.of(new Exponential(1e-4), 10),
        Arguments.of(new Uniform(1000, 20_000), 10.5),
        Arguments.of(new Deterministic(10_000), 10));
  }

  /** Without a limit of slots E[L] (tau0 + alpha) / (1 - rate alpha E[L]), whatever the law. */
  @ParameterizedTest
  @MethodSource("laws")
  void withoutALimitOnlyTheMeanCounts(Law tokens, double mean) {
    double rate = 0.05;
    agree(
        mean * 1.4 / (1 - rate * mean),
        estimate(runs(tokens, rate, fluid(0.4, 1), 1000, 1, 40_000), Metric.LATENCY_MEAN::of),
        0.02);
  }

  /** The same near the limit, 140 for a mean of 10. */
  @Test
  void withoutALimitUnderHighLoad() {
    agree(
        140,
        estimate(
            runs(new Deterministic(10_000), 0.09, fluid(0.4, 1), 1000, 1, 60_000),
            Metric.LATENCY_MEAN::of),
        0.06);
  }

  /** B / (tau(B) E[ceil L]): U(1,20) tokens are 11 steps on average. */
  @Test
  void capacityIsTheRateOfFullBatches() {
    double capacity = 8 / ((1 + 0.05 * 8) * 11);
    TokenCosts costs = new TokenCosts(0, 0, 0, 1, 0.05, 0, 0);
    int requests = 20_000;
    List<RunStatistics> below = runs(new Uniform(1, 20), 0.96 * capacity, costs, 8, 1, requests);
    List<RunStatistics> above = runs(new Uniform(1, 20), 1.04 * capacity, costs, 8, 1, requests);
    Estimate stable = estimate(below, Metric.BACKLOG::of);
    Estimate growing = estimate(above, Metric.BACKLOG::of);
    assertTrue(stable.mean() + stable.halfWidth() < 100, stable.toString());
    agree(requests * (1 - 1 / 1.04), growing, 0.2);
    agree(capacity, estimate(above, Metric.THROUGHPUT::of), 0.01);
    agree(1, estimate(above, Metric.UTILIZATION::of), 1e-3);
  }
}
