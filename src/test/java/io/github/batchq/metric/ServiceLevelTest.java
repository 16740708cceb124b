package io.github.batchq.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.policy.Drain;
import io.github.batchq.policy.PolicySpec;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Deterministic;
import io.github.batchq.service.AffineBatch;
import io.github.batchq.service.LongestRequest;
import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.sim.FullBatchKernel;
import io.github.batchq.sim.KernelRun;
import io.github.batchq.sim.Run;
import io.github.batchq.sim.ServerPool;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How well single requests of batches are served. */
class ServiceLevelTest {
  private static final double EXACT = 1e-12;
  private static final double[] TIMES = {0, 0, 0, 0};
  private static final double[] LENGTHS = {1, 5, 2, 6};

  private static double of(String metric, RunStatistics run) {
    return Metric.named(metric).of(run);
  }

  private static RunStatistics statistics(ServiceTimeModel service, Limits limits) {
    return new RunStatistics(
        ServerPool.of(1),
        WarmUp.NONE,
        4,
        2,
        new MeasurementTerms(true, Long.MAX_VALUE, limits, 3600.0, service));
  }

  /** Figure 1b of arXiv:2412.04504: batches of 1 and 5 s, then of 2 and 6 s. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void measuresThePapersWorkedExample(boolean recursion) {
    RunStatistics run = statistics(LongestRequest.SECONDS, new Limits(5.0, 0.001, 20.0));
    if (recursion) {
      new FullBatchKernel(
              Run.source(TIMES, LENGTHS),
              BinBoundaries.none(),
              2,
              Drain.FLUSH,
              LongestRequest.SECONDS,
              1,
              run)
          .run();
    } else {
      events(LongestRequest.SECONDS, run);
    }
    // In the system for 5, 5, 11, 11 s; all tokens come at the end.
    assertEquals(2 / 4.0, of("slo.attainment", run), EXACT);
    assertEquals(2 / 11.0, of("goodput", run), EXACT);
    double[] slowdowns = {5 / 1.0, 5 / 5.0, 11 / 2.0, 11 / 6.0};
    double sum = 0;
    double squares = 0;
    for (double slowdown : slowdowns) {
      sum += slowdown;
      squares += slowdown * slowdown;
    }
    assertEquals(sum / 4, of("slowdown.mean", run), EXACT);
    assertEquals(5.5, of("slowdown.p99", run), 5.5 * 0.0005);
    assertEquals(sum * sum / (4 * squares), of("slowdown.jain", run), EXACT);
    assertEquals(5, of("wait.max", run), EXACT);
    assertEquals(14 / 11.0, of("tokens.throughput", run), EXACT);
    assertEquals(11 / 14.0 * 1e6, of("cost.per.million.tokens", run), 1e-6);
    assertTrue(Double.isNaN(of("memory.mean", run)));
    assertTrue(Double.isNaN(of("tpot.p99", run)));
  }

  private static void events(ServiceTimeModel service, RunStatistics run) {
    PolicySpec policy = new StandardBatching(2, null);
    KernelRun.of(Run.source(TIMES, LENGTHS), policy).service(service).tell(run);
  }

  /** Alone a request of length l takes 1 + 1 + (1 + 1) l s, in a pair 1 + 2 + (1 + 2) max l. */
  @Test
  void aloneIsInABatchOfOne() {
    AffineBatch service = new AffineBatch(1, 1, 1, 1);
    RunStatistics run = statistics(service, new Limits(null, null, 18.0));
    events(service, run);
    double first = 3 + 3 * 5;
    double second = first + 3 + 3 * 6;
    assertEquals(
        (first / 4 + first / 12 + second / 6 + second / 14) / 4, of("slowdown.mean", run), EXACT);
    assertEquals(0.5, of("slo.attainment", run), EXACT);
  }

  @Test
  void withoutLimitsLengthsInTokensAndPricesNothingIsSaid() {
    RunStatistics run = new RunStatistics(1, WarmUp.NONE, 4, 2);
    events(LongestRequest.SECONDS, run);
    for (String metric :
        List.of(
            "slo.attainment",
            "goodput",
            "slowdown.mean",
            "slowdown.p99",
            "slowdown.jain",
            "tokens.throughput",
            "cost.per.million.tokens")) {
      assertTrue(Double.isNaN(of(metric, run)), metric);
    }
  }

  /** Up for 10 s, down for 5 s: of 4, 8 and 3 s one by one, the second is lost. */
  @Test
  void aLostRequestKeepsNoLimit() {
    ServerPool pool =
        new ServerPool(
            1,
            List.of(),
            new ServerPool.Failures(new Deterministic(10), new Deterministic(5), false),
            List.of());
    RunStatistics run =
        new RunStatistics(
            pool,
            WarmUp.NONE,
            3,
            1,
            new MeasurementTerms(true, Long.MAX_VALUE, new Limits(null, null, 100.0), null, null));
    KernelRun.of(
            Run.source(new double[] {0, 1, 2}, new double[] {4, 8, 3}), new StandardBatching(1))
        .servers(pool, 1)
        .tell(run);
    assertEquals(2 / 3.0, of("slo.attainment", run), EXACT);
    assertEquals(2 / 18.0, of("goodput", run), EXACT);
    assertEquals(7 / 18.0, of("tokens.throughput", run), EXACT);
    assertEquals(13, of("wait.max", run), EXACT);
  }
}
