package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies that do not fit their predictor or servers, refused in one sentence. */
class PolicyRefusalsTest {
  private static final String NO_LENGTHS =
      "this policy needs predicted lengths, and the predictor says no more than a bin: use"
          + " oracle or lognormal-noise";

  @TempDir Path folder;

  static Stream<Arguments> scenarios() {
    return Stream.of(
        Arguments.of(
            "type: sorted-window, batchSize: 8, window: 4",
            "type: symmetric-error, errorRate: 0.1",
            "1",
            NO_LENGTHS),
        Arguments.of(
            "type: sorted-window, batchSize: 8, window: 2",
            "type: confusion, matrix: [[9, 1], [2, 8]]",
            "1",
            NO_LENGTHS),
        Arguments.of(
            "type: bound-bins, bins: 2, boundaries: equal-mass, batchSize: 8",
            "type: oracle",
            "infinite",
            "a policy that chooses the servers of its batches needs a number of servers, found"
                + " 'infinite'"),
        Arguments.of(
            "type: bound-bins, bins: 0, boundaries: equal-mass, batchSize: 8",
            "type: oracle",
            "1",
            "line 6, key 'scenario.policy': bins must be at least 1, found 0"),
        Arguments.of(
            "type: adaptive-bins, bins: 2, batchSize: 8",
            "type: confusion, matrix: [[9, 1], [2, 8]]",
            "1",
            NO_LENGTHS),
        Arguments.of(
            "type: adaptive-bins, bins: 2, batchSize: 8, rule: equal-mas",
            "type: oracle",
            "1",
            "unknown boundaries 'equal-mas'; did you mean 'equal-mass'?"),
        Arguments.of(
            "type: adaptive-bins, bins: 2, batchSize: 8, rule: exponential",
            "type: oracle",
            "1",
            "the boundaries of Lemma A.1 need an exponential law, and this policy learns from"
                + " observed lengths: use equal-mass or optimal"),
        Arguments.of(
            "type: adaptive-bins, bins: 1, batchSize: 8",
            "type: oracle",
            "1",
            "line 6, key 'scenario.policy': bins must be at least 2, found 1"),
        Arguments.of(
            "type: shortest-first, batchSize: 8",
            "type: symmetric-error, errorRate: 0.1",
            "1",
            NO_LENGTHS),
        Arguments.of(
            "type: shortest-first, batchSize: 8, ageing: -1",
            "type: oracle",
            "1",
            "line 6, key 'scenario.policy': ageing must be finite and at least 0, found -1.0"),
        Arguments.of(
            "type: sorted-window, batchSize: 8, window: 0",
            "type: oracle",
            "1",
            "line 6, key 'scenario.policy': window must be at least 1 batch, found 0"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("scenarios")
  void refusesInOneSentence(String policy, String predictor, String servers, String sentence) {
    String text =
        """
        name: refused
        scenario:
          arrivals: {process: poisson, rate: 0.5}
          service: {law: uniform, min: 1, max: 20}
          predictor: {%s}
          policy: {%s}
          servers: %s
          requests: 2000
        """
            .formatted(predictor, policy, servers);
    String message =
        String.valueOf(
            assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, text))
                .getMessage());
    assertTrue(message.contains(sentence), message);
    assertTrue(message.startsWith(folder.toString()), message);
    assertEquals(1, message.lines().count(), message);
  }
}
