package io.github.batchq.expectation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.theory.TheoryResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What theory says of requests that wait for answers, and where it is silent. */
class ClosedTheoryTest {
  @TempDir Path folder;

  private static final String UNIFORM = "uniform, min: 1, max: 20";

  private PreparedScenario scenario(String arrivals, String policy, String servers, String more) {
    return scenario(arrivals, policy, servers, more, UNIFORM);
  }

  private PreparedScenario scenario(
      String arrivals, String policy, String servers, String more, String law) {
    String text =
        """
        name: closed
        scenario:
          arrivals: %s
          service: {tokens: {law: %s}, secondsPerToken: 1}
          policy: {type: %s}
          servers: %s
          requests: 2000
        %s
        """
            .formatted(arrivals, law, policy, servers, more.indent(2));
    return ExperimentFiles.read(folder, text).points().get(0).scenario();
  }

  private static final String THINKING =
      "{process: closed, clients: 8, think: {law: exponential, rate: 0.05}}";

  private static final String BUSY = "{process: closed, clients: 8}";

  private static final String SLOW =
      "{process: closed, clients: 8, think: {law: uniform, min: 5, max: 35}}";

  /** 8 / 30.5 s, or one over the mean time of a full batch for each of its requests. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        THINKING + " | dynamic, batchSize: 4 | 1 | exact | 0.182151",
        THINKING + " | standard, batchSize: 4 | 1 | exact | 0.176630",
        THINKING + " | elastic, batchSize: 1 | 1 | exact | 0.0952343",
        THINKING + " | dynamic, batchSize: 4 | 2 | upper-bound | 0.245836",
        THINKING + " | elastic, batchSize: 4 | 1 | exact | 0.200879",
        THINKING + " | elastic, batchSize: 4 | 2 | upper-bound | 0.262295",
        THINKING
            + " | multi-bin, bins: 2, boundaries: equal-mass, batchSize: 2 | 1 | upper-bound | 0.165517",
        THINKING + " | standard, batchSize: 16 | 1 | upper-bound | 0.262295",
        THINKING + " | shortest-first, batchSize: 1 | 1 | upper-bound | 0.262295",
        THINKING
            + " | multi-bin, bins: 2, boundaries: equal-mass, batchSize: 2, order: shortest | 1"
            + " | upper-bound | 0.262295",
        THINKING + " | max-wait, bins: 1, batchSize: 4, maxWait: 2 | 1 | upper-bound | 0.262295",
        THINKING + " | sorted-window, batchSize: 2, window: 2 | 1 | upper-bound | 0.161290",
        // Whole tokens are half a token longer, which the bound does not count.
        THINKING + " | continuous, batchSize: 1 | 1 | upper-bound | 0.0909091",
        SLOW + " | dynamic, batchSize: 4 | 1 | upper-bound | 0.223412",
        BUSY + " | dynamic, batchSize: 4 | 1 | exact | 0.246914",
        BUSY + " | dynamic, batchSize: 4 | 2 | exact | 0.493827",
        // One or two idle servers: two batches of 4, and one of one more.
        BUSY + " | dynamic, batchSize: 4 | 3 | exact | 0.493827",
        "{process: closed, clients: 9} | dynamic, batchSize: 4 | 3 | exact | 0.589065",
        "{process: closed, clients: 9} | dynamic, batchSize: 4, least: 2 | 3 | exact | 0.493827",
        "{process: closed, clients: 9, rampUp: 9} | dynamic, batchSize: 4 | 3 | upper-bound | 0.590164",
        "{process: closed, clients: 9} | elastic, batchSize: 4 | 3 | upper-bound | 0.740741",
        BUSY + " | elastic, batchSize: 4 | 2 | exact | 0.493827",
        "{process: closed, clients: 3} | elastic, batchSize: 4 | 1 | exact | 0.196721",
        "{process: closed, clients: 15} | multi-bin, bins: 2, boundaries: equal-mass, batchSize: 4 | 3 | exact | 0.898876",
        "{process: closed, clients: 14} | multi-bin, bins: 2, boundaries: equal-mass, batchSize: 4 | 3 | upper-bound | 0.898876",
        BUSY + " | dynamic, batchSize: 16 | 1 | exact | 0.447205",
        BUSY + " | standard, batchSize: 4 | 2 | exact | 0.493827",
        BUSY + " | standard, batchSize: 4 | 1 | exact | 0.246914",
      })
  void throughput(String arrivals, String policy, String servers, String kind, double value) {
    PreparedScenario scenario = scenario(arrivals, policy, servers, "");
    TheoryResult result = TheoryOverlay.of(scenario).get(Metric.THROUGHPUT);
    assertEquals(kind, result.kind());
    assertEquals(value, result.value(), 1e-6);
    TheoryResult latency = TheoryOverlay.of(scenario).get(Metric.LATENCY_MEAN);
    assertEquals(kind.equals("exact") ? "exact" : "lower-bound", latency.kind());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Two batches of 8 take 17.8889 s each on average, one of 4 takes 16.2 s.
        "20 | standard, batchSize: 8 | 1 | exact | 51.977778",
        "20 | dynamic, batchSize: 8 | 1 | exact | 51.977778",
        "20 | standard, batchSize: 8 | 2 | lower-bound | 25.988889",
        "20 | standard, batchSize: 8 | 16 | lower-bound | 19.095238",
        "16 | sorted-window, batchSize: 8, window: 2 | 1 | exact | 28.823529",
        "16 | shortest-first, batchSize: 8 | 1 | exact | 28.823529",
        // Steps of 1 s: 210 tokens by eights, or the longest of 20.
        "20 | continuous, batchSize: 8 | 1 | lower-bound | 26.25",
        "20 | continuous, batchSize: 8 | 2 | lower-bound | 19.095238",
        // The 8th, the 16th and the longest of 20; the longest, the 12th and the 4th.
        "20 | sorted-window, batchSize: 8, window: 4 | 1 | exact | 42.809524",
        "20 | sorted-window, batchSize: 8, window: 2 | 1 | lower-bound | 35.571429",
        "20 | max-wait, bins: 2, boundaries: equal-mass, batchSize: 8, maxWait: 2 | 1 | lower-bound"
            + " | 35.571429",
      })
  void timeOfARound(int size, String policy, String servers, String kind, double value) {
    PreparedScenario scenario =
        scenario("{process: rounds, size: " + size + "}", policy, servers, "");
    TheoryResult result = TheoryOverlay.of(scenario).get(Metric.named("round.mean"));
    assertEquals(kind, result.kind());
    assertEquals(value, result.value(), 1e-6);
  }

  /** The longest of 20 uniform lengths, of which a share p has at most 1 + 19 p^(1/20). */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dynamic, batchSize: 1 | exact",
        "dynamic, batchSize: 20 | exact",
        "elastic, batchSize: 4 | exact",
        "standard, batchSize: 4 | exact",
        "dynamic, batchSize: 3 | undefined",
        "multi-bin, bins: 2, boundaries: equal-mass, batchSize: 2 | undefined",
      })
  void roundsOnInfinitelyManyServers(String policy, String kind) {
    TheoryOverlay overlay =
        TheoryOverlay.of(scenario("{process: rounds, size: 20}", policy, "infinite", ""));
    TheoryResult mean = overlay.get(Metric.named("round.mean"));
    assertEquals(kind, mean.kind());
    if (kind.equals("exact")) {
      assertEquals(1 + 19 * 20 / 21.0, mean.value(), 1e-9);
      double median = overlay.get(Metric.named("round.p50")).value();
      assertEquals(1 + 19 * Math.pow(0.5, 1 / 20.0), median, 1e-9);
      double most = overlay.get(Metric.named("round.p99")).value();
      assertEquals(1 + 19 * Math.pow(0.99, 1 / 20.0), most, 1e-9);
    }
  }

  private static final String POISSON = "{process: poisson, rate: 0.2}";

  private static final String EXPONENTIAL = "exponential, rate: 0.1";

  /**
   * What a limit of N in flight leaves of theory: the latency of another system without one, and
   * the time from when requests are sent.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // 3 servers, of which 3 or 2 can have a request; M/M/3 by Erlang's formula.
        "dynamic, batchSize: 1 | 3 | 5 | exponential | exact | 14.444444 | exact | 12.469136",
        "dynamic, batchSize: 1 | 4 | 3 | exponential | exact | 14.444444 | exact | 10",
        "dynamic, batchSize: 8 | 1 | 4 | uniform | exact | 30.272373 | upper-bound | 20",
        "elastic, batchSize: 4 | 1 | 9 | uniform | exact | 25.319964 | upper-bound | 45",
        "standard, batchSize: 4 | 3 | 7 | uniform | lower-bound | 23.7 | upper-bound | 35",
        "multi-bin, bins: 2, boundaries: equal-mass, batchSize: 4 | 1 | 7 | uniform"
            + " | lower-bound | 28.35 | upper-bound | 35",
        "multi-bin, bins: 2, boundaries: equal-mass, batchSize: 4 | 1 | 6 | uniform"
            + " | undefined | NaN | undefined | NaN",
        "dynamic, batchSize: 4 | 3 | 9 | uniform | undefined | NaN | undefined | NaN",
        "dynamic, batchSize: 4, least: 3 | 1 | 2 | uniform | undefined | NaN | undefined | NaN",
        "continuous, batchSize: 4 | 1 | 9 | uniform | undefined | NaN | undefined | NaN",
      })
  void limitOfConcurrency(
      String policy,
      String servers,
      int limit,
      String law,
      String kind,
      double latency,
      String sentKind,
      double sent) {
    PreparedScenario limited =
        scenario(
            POISSON,
            policy,
            servers,
            "concurrency: " + limit,
            law.equals("exponential") ? EXPONENTIAL : UNIFORM);
    TheoryOverlay overlay = TheoryOverlay.of(limited);
    TheoryResult result = overlay.get(Metric.LATENCY_MEAN);
    assertEquals(kind, result.kind());
    assertEquals(latency, result.value(), 1e-6);
    TheoryResult fromSent = overlay.get(Metric.named("latency.sent.mean"));
    assertEquals(sentKind, fromSent.kind());
    assertEquals(sent, fromSent.value(), 1e-6);
    assertEquals(Double.NaN, overlay.load());
  }

  /** Nine in flight are three batches of three at best, of 15.25 s each. */
  @Test
  void limitOfThroughput() {
    PreparedScenario limited =
        scenario("{process: poisson, rate: 3}", "dynamic, batchSize: 4", "3", "concurrency: 9");
    TheoryResult result = TheoryOverlay.of(limited).get(Metric.THROUGHPUT);
    assertEquals("upper-bound", result.kind());
    assertEquals(9 / 15.25, result.value(), 1e-9);
    // Two of the four servers are never busy.
    PreparedScenario standard = scenario(POISSON, "standard, batchSize: 4", "4", "concurrency: 9");
    TheoryResult busy = TheoryOverlay.of(standard).get(Metric.UTILIZATION);
    assertEquals("exact", busy.kind());
    assertEquals(0.2 * 16.2 / 16, busy.value(), 1e-9);
  }

  /** A limit of clients who think is beyond theory, and so are finite runs. */
  @Test
  void silence() {
    for (PreparedScenario scenario :
        new PreparedScenario[] {
          scenario(THINKING, "dynamic, batchSize: 4", "1", "concurrency: 4"),
          scenario(THINKING, "dynamic, batchSize: 4", "1", "horizon: finite"),
          scenario(POISSON, "standard, batchSize: 4", "1", "concurrency: 3")
        }) {
      TheoryOverlay overlay = TheoryOverlay.of(scenario);
      assertEquals("undefined", overlay.get(Metric.THROUGHPUT).kind());
      assertEquals("undefined", overlay.get(Metric.LATENCY_MEAN).kind());
      assertEquals(Double.NaN, overlay.load());
    }
  }
}
