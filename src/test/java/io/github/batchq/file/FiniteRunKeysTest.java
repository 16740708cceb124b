package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an experiment file may say of finite runs: rates without end, drains and warm-ups. */
class FiniteRunKeysTest {
  @TempDir Path folder;

  private Experiment read(String text) {
    return ExperimentFiles.read(folder, text);
  }

  private static ResultTable summary(Experiment experiment) {
    return ExperimentFiles.run(experiment).summary();
  }

  private static String refusal(Runnable what) {
    return assertThrows(BadInputException.class, what::run).getMessage();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{process: poisson, rate: inf}",
        "{process: poisson, rate: .inf}",
        "{process: gamma, rate: +.Inf, cv: 2}",
        "{process: weibull, rate: inf, cv: 2}",
        "{process: bulk, rate: .INF, size: {law: deterministic, value: 3}}",
        "{process: mmpp, rates: [1, 2], meanStays: [1, 1], rate: inf}"
      })
  void anInfiniteRateIsAllAtZero(String arrivals) {
    String text =
        """
        name: inf
        scenario:
          arrivals: %s
          service: {law: uniform, min: 1, max: 2}
          policy: {type: dynamic, batchSize: 4}
          requests: 50
        replications: 2
        """;
    assertEquals(
        ExperimentFiles.run(read(text.formatted("{process: all-at-zero}"))).replications().toCsv(),
        ExperimentFiles.run(read(text.formatted(arrivals))).replications().toCsv());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rate: -.inf", "rate: .nan", "rate: infinite", "rate: 0"})
  void refusesWhatIsNoRate(String rate) {
    String refused =
        refusal(
            () ->
                read(
                    ExperimentFiles.SMALL
                        .replace("rate: 0.5", rate)
                        .replace("  arrivals.rate: {from: 0.4, to: 0.6, step: 0.1}\n", "")));
    assertTrue(refused.contains("experiment.yaml, line 3"), refused);
  }

  /** Policies that take a drain, and with how many requests they serve some of them. */
  private static List<Arguments> draining() {
    return List.of(
        Arguments.of("type: standard, batchSize: 8", 8),
        Arguments.of("type: multi-bin, bins: 1, boundaries: equal-mass, batchSize: 8", 8),
        Arguments.of(
            "type: multi-bin, bins: 1, boundaries: equal-mass, batchSize: 8, partial: true", 1),
        Arguments.of("type: bound-bins, bins: 1, boundaries: equal-mass, batchSize: 8", 8),
        Arguments.of("type: adaptive-bins, bins: 2, batchSize: 8", 8),
        Arguments.of("type: max-wait, bins: 1, batchSize: 8, maxWait: 2", 1),
        Arguments.of("type: dynamic, batchSize: 8", 1),
        Arguments.of("type: dynamic, batchSize: 8, least: 5", 5),
        Arguments.of("type: elastic, batchSize: 8, least: 3", 3),
        Arguments.of("type: sorted-window, batchSize: 4, window: 3", 12),
        Arguments.of("type: shortest-first, batchSize: 8, least: 2", 2),
        Arguments.of("type: wait-threshold, batchSize: 8, threshold: 6", 6));
  }

  @Test
  void everyPolicyThatDrainsIsTried() {
    List<String> tried = draining().stream().map(row -> String.valueOf(row.get()[0])).toList();
    for (Catalogue.Kind<?> kind : Catalogue.POLICIES.kinds()) {
      assertEquals(
          kind.keys().contains("drain"),
          tried.stream().anyMatch(policy -> policy.startsWith("type: " + kind.name() + ",")),
          kind.name());
    }
  }

  @ParameterizedTest
  @MethodSource("draining")
  void servesAsManyAsItWaitsFor(String policy, int least) {
    String text =
        """
        name: few
        scenario:
          arrivals: {process: all-at-zero}
          service: {tokens: {law: uniform, min: 1, max: 20}, secondsPerToken: 0.1}
          policy: {%s, drain: %s}
          requests: %d
        metrics: [requests.discarded, latency.mean]
        """;
    ResultTable one = summary(read(text.formatted(policy, "flush", 1)));
    assertEquals(0, one.number(0, "requests.discarded"));
    ResultTable enough = summary(read(text.formatted(policy, "discard", least)));
    assertEquals(0, enough.number(0, "requests.discarded"));
    if (least > 1) {
      String few = text.formatted(policy, "discard", least - 1);
      String refused = refusal(() -> read(few));
      assertTrue(refused.endsWith(", so none would ever be served"), refused);
      String steady = text.formatted(policy, "flush", least - 1) + "\n";
      String asked = steady.replace("  requests", "  horizon: steady\n  requests");
      refused = refusal(() -> read(asked));
      assertTrue(refused.contains("'horizon: finite' serves them at the end"), refused);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all-at-zero | 0.5 | the last of 200 requests arrives at 0.0 s",
        "poisson, rate: 5 | 40 | the last of 200 requests arrives at about 40.0 s",
        "poisson, rate: 5 | 500 | the last of 200 requests arrives at about 40.0 s",
        "renewal, gap: {law: deterministic, value: 2} | 400 | arrives at about 400.0 s"
      })
  void refusesAWarmUpThatLeavesNothing(String arrivals, String time, String message) {
    String text = ExperimentFiles.offlineJob("steady").replace("all-at-zero", arrivals) + "\n";
    String refused =
        refusal(
            () -> read(text.replace("  requests", "  warmUp: {time: " + time + "}\n  requests")));
    assertTrue(refused.contains(message), refused);
    assertTrue(refused.endsWith("nothing is left to measure"), refused);
  }
}
