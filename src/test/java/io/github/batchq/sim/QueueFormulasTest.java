package io.github.batchq.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Metric;
import io.github.batchq.metric.RunStatistics;
import io.github.batchq.metric.WarmUp;
import io.github.batchq.policy.StandardBatching;
import io.github.batchq.random.Deterministic;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.Uniform;
import java.util.stream.Stream;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With batches of one request the kernel is M/G/c; mean waits agree with the formulas of queueing
 * theory.
 */
@Tag("long")
class QueueFormulasTest {
  private static final int REPLICATIONS = 20;
  private static final long REQUESTS = 300_000;
  private static final double RATE = 0.8;

  static Stream<Arguments> queues() {
    return Stream.of(
        Arguments.of("M/M/1", RATE, new Exponential(1), 1, RATE / (1 - RATE)),
        Arguments.of("M/D/1", RATE, new Deterministic(1), 1, RATE / (2 * (1 - RATE))),
        // Pollaczek-Khinchine, lambda E[S^2] / (2 (1 - rho)), with E[S^2] = 4/3.
        Arguments.of("M/G/1", RATE, new Uniform(0, 2), 1, RATE * (4.0 / 3) / (2 * (1 - RATE))),
        Arguments.of(
            "M/M/3", 3 * RATE, new Exponential(1), 3, erlangC(3, 3 * RATE) / (3 - 3 * RATE)),
        Arguments.of(
            "M/M/16",
            16 * RATE,
            new Exponential(1),
            16,
            erlangC(16, 16 * RATE) / (16 - 16 * RATE)));
  }

  /** Probability of waiting in M/M/c with offered load a. */
  private static double erlangC(int servers, double load) {
    double blocking = 1;
    for (int n = 1; n <= servers; n++) {
      blocking = load * blocking / (n + load * blocking);
    }
    return servers * blocking / (servers - load * (1 - blocking));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queues")
  void meanWaitAgreesWithItsFormula(
      String name, double rate, Law service, int servers, double wait) {
    RandomStreams streams = new RandomStreams(1954, REPLICATIONS);
    SummaryStatistics waits = new SummaryStatistics();
    for (int r = 0; r < REPLICATIONS; r++) {
      RunStatistics statistics = new RunStatistics(servers, new WarmUp(20_000L, null));
      KernelRun.of(
              Run.source(streams, r, new Exponential(rate), service, REQUESTS),
              new StandardBatching(1, null))
          .servers(servers)
          .tell(statistics);
      waits.addValue(Metric.QUEUEING_MEAN.of(statistics));
      assertEquals(0, Metric.FORMATION_MEAN.of(statistics));
      assertEquals(1, Metric.BATCH_SIZE_MEAN.of(statistics));
      assertEquals(0, Metric.PADDING.of(statistics), 1e-12);
    }
    double halfWidth =
        new TDistribution(REPLICATIONS - 1).inverseCumulativeProbability(0.995)
            * waits.getStandardDeviation()
            / Math.sqrt(REPLICATIONS);
    assertEquals(wait, waits.getMean(), halfWidth, name);
    assertTrue(
        halfWidth < 0.03 * wait,
        name + ": the interval is too wide to prove anything: " + halfWidth);
  }
}
