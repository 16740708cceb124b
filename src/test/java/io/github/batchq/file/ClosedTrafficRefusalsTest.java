package io.github.batchq.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.experiment.RunResults;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrivals that wait for answers do not go with is refused in one sentence. */
class ClosedTrafficRefusalsTest {
  @TempDir Path folder;

  private static String text(String arrivals, String policy, String more) {
    return """
    name: closed
    scenario:
      arrivals: %s
      service: {law: uniform, min: 1, max: 20}
      policy: {type: %s}
      requests: 100
    %s
    """
        .formatted(arrivals, policy, more.indent(2));
  }

  private String refusal(String arrivals, String policy, String more) {
    String message =
        assertThrows(
                BadInputException.class,
                () -> ExperimentFiles.read(folder, text(arrivals, policy, more)))
            .getMessage();
    return String.valueOf(message).replaceFirst("^.*?\\.yaml, line \\d+(, key '[a-z.]+')?: ", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "standard, batchSize: 8, drain: discard | up to 7 requests wait for company, and the 7"
            + " clients may all do so for ever: 'drain: flush' serves them when nobody else can come,"
            + " and more than 7 never all wait",
        "multi-bin, bins: 2, boundaries: equal-mass, batchSize: 8, drain: discard | up to 7 requests"
            + " wait for company in each of 2 bins, and the 7 clients may all do so for ever: 'drain:"
            + " flush' serves them when nobody else can come, and more than 14 never all wait",
        "dynamic, batchSize: 16, least: 8, drain: discard | up to 7 requests wait for company, and"
            + " the 7 clients may all do so for ever: 'drain: flush' serves them when nobody else can"
            + " come, and more than 7 never all wait",
      })
  void clientsWhoWouldWaitForEver(String policy, String sentence) {
    assertEquals(sentence, refusal("{process: closed, clients: 7}", policy, ""));
    String atClients =
        sentence.replace("7 clients", "7 in flight, to which 'concurrency' holds them,");
    assertEquals(atClients, refusal("{process: poisson, rate: 1}", policy, "concurrency: 7"));
    if (!policy.startsWith("multi-bin")) {
      ExperimentFiles.read(folder, text("{process: closed, clients: 8}", policy, ""));
    }
    assertEquals(
        sentence
            .replaceFirst("the 7 clients may all", "the last ones of a round may")
            .replaceFirst(", and more than .*", ""),
        refusal("{process: rounds, size: 50}", policy, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{process: closed, clients: 0} | '' | clients must be at least 1, found 0",
        "{process: closed, clients: 101} | '' | a run of 100 requests is too short for 101 clients:"
            + " each sends at least one",
        "{process: closed, clients: 5, rampUp: -1} | '' | rampUp must be finite and at least 0, found"
            + " -1.0",
        "{process: rounds, size: 30} | '' | requests is 100, no multiple of the size of a round, 30",
        "{process: rounds, size: 0} | '' | size must be at least 1, found 0",
        "{process: poisson, rate: 1} | concurrency: 0 | concurrency must be at least 1, found 0",
      })
  void numbersOutOfRange(String arrivals, String more, String sentence) {
    assertEquals(sentence, refusal(arrivals, "dynamic, batchSize: 4", more));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{controls: [length]}", "{controls: [gap]}", "{sobolPoints: 8}"})
  void varianceReductionNeedsOpenArrivals(String reduction) {
    String file =
        text("{process: closed, clients: 5}", "standard, batchSize: 4", "")
            + "replications: 10\nvarianceReduction: "
            + reduction
            + "\n";
    assertThrows(BadInputException.class, () -> ExperimentFiles.read(folder, file));
  }

  /** A server that is drained for good leaves clients waiting for ever. */
  @Test
  void aRunThatCannotEndSaysSo() {
    Experiment experiment =
        ExperimentFiles.read(
            folder,
            text(
                "{process: closed, clients: 5}",
                "dynamic, batchSize: 4",
                "servers: {count: 1, drains: [{server: 0, from: 30}]}"));
    String message =
        String.valueOf(
            assertThrows(BadInputException.class, () -> ExperimentFiles.run(experiment))
                .getMessage());
    assertTrue(message.contains("and the 5 that are there wait"), message);
  }

  @Test
  void aClosedPointIsClosed() {
    RunResults results =
        ExperimentFiles.run(
            ExperimentFiles.read(
                folder, text("{process: closed, clients: 5}", "dynamic, batchSize: 4", "")));
    assertEquals("closed", results.stability(0).regime().toString());
    assertTrue(Double.isNaN(results.stability(0).load()));
    assertTrue(results.isKnowable(0, Metric.LATENCY_MEAN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "size: 0 | size must be a whole number of at least 1, or a law, found 0.0",
        "size: 2.6 | size must be a whole number of at least 1, or a law, found 2.6",
        "size: 4, within: 1.5 | within must be from 0 to 1, found 1.5",
        "size: 4, join: {first: 5} | first of join must be at most the size of a group, 4, found 5",
        "size: 4, join: {first: 0} | first must be at least 1, found 0",
        "size: 4, verify: {servers: 2} | servers that score by themselves need a 'model' of how long"
            + " a pass takes",
        "size: 4, verify: {servers: same} | 'verify' reads answers by their tokens, and the lengths of"
            + " this service are seconds: give it {tokens: ...}",
      })
  void groupsThatAreNone(String keys, String sentence) {
    assertEquals(
        sentence,
        refusal(
            "{process: groups, starts: {process: poisson, rate: 1}, " + keys + "}",
            "dynamic, batchSize: 4",
            ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "poisson, rate: 1 | turns: 0, newPrompt: 5 | turns must be a whole number of at least 1, or a"
            + " law, found 0.0",
        "poisson, rate: 1 | turns: 2, newPrompt: 0.5 | newPrompt must be a whole number of at least"
            + " 1, or a law, found 0.5",
        "poisson, rate: 1 | turns: 2, newPrompt: 5, prefixHit: 2 | prefixHit must be from 0 to 1,"
            + " found 2.0",
        "poisson, rate: 1 | turns: 2, newPrompt: 5, mostTokens: 0 | mostTokens must be at least 1,"
            + " found 0",
        "closed, clients: 3 | turns: 2, newPrompt: 5 | conversations start whatever the system does:"
            + " 'starts' is an open process",
      })
  void conversationsThatAreNone(String starts, String keys, String sentence) {
    assertEquals(
        sentence,
        refusal(
            "{process: conversations, starts: {process: " + starts + "}, " + keys + "}",
            "dynamic, batchSize: 4",
            ""));
  }
}
