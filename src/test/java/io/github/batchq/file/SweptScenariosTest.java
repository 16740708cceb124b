package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A point that is prepared from the parts of others is the point that its own file describes. */
class SweptScenariosTest {
  private static final String SWEPT =
      """
      name: swept
      scenario:
        arrivals: {process: poisson, rate: 0.5}
        service: {law: uniform, min: 1, max: 20}
        policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
        requests: 200
      sweep:
        arrivals: [{process: poisson, rate: 0.4}, {process: renewal, gap: {law: gamma, shape: 2, scale: 1}}]
        requests: [100, 200]
        zip:
          - policy.bins: [1, 2, 4]
            servers: [1, 2, {count: 2}]
        service.max: {from: 18, to: 22, step: 0.5}
        predictor: [{type: oracle}, {type: symmetric-error, errorRate: 0.1}]
        warmUp: [{requests: 10}]
      metrics: [throughput, slowdown.mean]
      """;

  @TempDir Path folder;

  /** Every point alone, in a file without a sweep, whose whole scenario is bound at once. */
  @Test
  void pointsAreThoseOfTheirOwnFiles() {
    Experiment swept = ExperimentFiles.read(folder, SWEPT);
    assertEquals(2 * 2 * 3 * 9 * 2, swept.points().size());
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, swept.points().size()).boxed().toList());
    Collections.shuffle(order, new Random(1));
    for (int point : order.subList(0, 40)) {
      List<String> values = swept.points().get(point).values();
      String max = values.get(swept.paths().indexOf("service.max"));
      String bins = values.get(swept.paths().indexOf("policy.bins"));
      String servers = values.get(swept.paths().indexOf("servers"));
      String text =
          """
          name: alone
          scenario:
            arrivals: %s
            service: {law: uniform, min: 1, max: %s}
            policy: {type: multi-bin, bins: %s, boundaries: equal-mass, batchSize: 8}
            requests: %s
            servers: %s
            predictor: %s
            warmUp: {requests: 10}
          metrics: [throughput, slowdown.mean]
          """
              .formatted(
                  values.get(0).startsWith("poisson")
                      ? "{process: poisson, rate: 0.4}"
                      : "{process: renewal, gap: {law: gamma, shape: 2, scale: 1}}",
                  max,
                  bins,
                  values.get(swept.paths().indexOf("requests")),
                  servers,
                  values.get(swept.paths().indexOf("predictor")).startsWith("oracle")
                      ? "{type: oracle}"
                      : "{type: symmetric-error, errorRate: 0.1}");
      assertEquals(
          ExperimentFiles.read(folder, text).points().get(0).scenario(),
          swept.points().get(point).scenario(),
          values.toString());
    }
  }

  /** The same answer, whichever thread asks, and however often. */
  @Test
  void severalThreadsMayAsk() {
    Experiment swept = ExperimentFiles.read(folder, SWEPT);
    Experiment again = ExperimentFiles.read(folder, SWEPT);
    assertTrue(
        IntStream.range(0, 4 * swept.points().size())
            .parallel()
            .map(i -> i * 7 % swept.points().size())
            .allMatch(
                point ->
                    swept
                        .points()
                        .get(point)
                        .scenario()
                        .equals(again.points().get(point).scenario())));
  }

  /** A mistake that only a later point has is told as one of the first point is. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policy.bins: [1, 2, 0] | line 5, key 'scenario.policy': bins must be at least 1, found 0 (with scenario.policy.bins = 0)",
        "arrivals.rate: [0.5, fast] | line 8, key 'scenario.arrivals.rate': expected a number, found 'fast'",
        "policy.bin: [1] | line 8, key 'scenario.policy.bin': unknown key; did you mean 'bins'?",
        "service.max: [20, 0.5] | max must be finite and greater than min, found 0.5",
        "requests: [200, 0] | requests must be at least 1, found 0",
        "warmUp: [{requests: 10}, {requests: 200}] | the warm-up takes 200 of 200 requests, nothing is left to measure (with scenario.warmUp = 200)",
      })
  void aLaterPointIsRefusedInTheSameWords(String sweep, String sentence) {
    String text =
        """
        name: refused
        scenario:
          arrivals: {process: poisson, rate: 0.5}
          service: {law: uniform, min: 1, max: 20}
          policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
          requests: 200
        sweep:
          SWEEP
        """
            .replace("SWEEP", sweep);
    String message =
        String.valueOf(
            assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, text))
                .getMessage());
    assertTrue(message.contains(sentence), message);
  }

  /** A million points are read without keeping them; each is there when it is asked for. */
  @Test
  void pointsAreNotKept() {
    Experiment large =
        ExperimentFiles.read(
            folder,
            """
            name: large
            scenario:
              arrivals: {process: poisson, rate: 0.5}
              service: {law: uniform, min: 1, max: 20}
              policy: {type: multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8}
              requests: 200
            sweep:
              policy.bins: [1, 2, 4]
              arrivals.rate: {from: 0.2, to: 0.29999, step: 0.00001}
            metrics: [throughput]
            """);
    assertEquals(30_000, large.points().size());
    assertEquals(List.of("4", "0.29999"), large.points().get(29_999).values());
    assertEquals(0.29999, large.points().get(29_999).scenario().arrivals().rate());
    assertEquals(0.2, large.points().get(0).scenario().arrivals().rate());
    assertEquals(4, large.points().get(29_999).scenario().boundaries().bins());
    assertTrue(large.measured().contains(Metric.THROUGHPUT));
  }
}
