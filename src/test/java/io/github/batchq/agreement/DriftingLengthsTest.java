package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.expectation.TheoryOverlay;
import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.Scaled;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.Horizon;
import io.github.batchq.scenario.PreparedScenario;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RequestRow;
import io.github.batchq.workload.LengthPhases;
import io.github.batchq.workload.LengthPhases.Phase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import umontreal.ssj.rng.RandomStream;

/** Lengths whose law changes from phase to phase, whatever arrives and whoever batches. */
class DriftingLengthsTest {
  private static final RandomStreams STREAMS = new RandomStreams(7, 1);
  private static final Law SHORT = new Uniform(1, 10);
  private static final Law MIDDLE = new Uniform(20, 30);
  private static final Law LONG = new Exponential(0.01);
  private static final int REQUESTS = 120;

  @TempDir Path folder;

  private PreparedScenario scenario(String arrivals, String policy, String unit) {
    String text =
        """
        name: drift
        scenario:
          arrivals: {process: %s}
          service:
            tokens:
              phases:
                - {law: {law: uniform, min: 1, max: 10}, %s: %d}
                - {law: {law: uniform, min: 20, max: 30}, %s: %d}
                - {law: {law: exponential, rate: 0.01}}
            secondsPerToken: 0.5
          policy: {type: %s}
          requests: %d
        """
            .formatted(
                arrivals,
                unit,
                unit.equals("rounds") ? 2 : unit.equals("turns") ? 1 : 24,
                unit,
                unit.equals("rounds") ? 3 : unit.equals("turns") ? 2 : 36,
                policy,
                REQUESTS);
    Experiment experiment = ExperimentFiles.read(folder, text);
    return experiment.points().get(0).scenario();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "poisson, rate: 0.5 | standard, batchSize: 4 | requests",
        "poisson, rate: 0.5 | adaptive-bins, bins: 2, batchSize: 4, window: 50, every: 10 | requests",
        "poisson, rate: 0.5 | dynamic, batchSize: 4 | requests",
        "rounds, size: 12 | multi-bin, bins: 2, boundaries: [15], batchSize: 4 | rounds",
        "rounds, size: 12 | continuous, batchSize: 4 | rounds",
        "rounds, size: 12 | dynamic, batchSize: 4 | requests",
        // One after the other, so that the clients take turns.
        "closed, clients: 6 | dynamic, batchSize: 1 | requests",
      })
  void requestsHaveTheLengthsOfTheirPhase(String arrivals, String policy, String unit) {
    List<RequestRow> rows = new ArrayList<>();
    new Replication(scenario(arrivals, policy, unit), STREAMS, 0).record(rows::add);
    rows.sort(Comparator.comparingLong(RequestRow::id));
    RandomStream numbers = STREAMS.stream(0, StreamName.SERVICE);
    assertEquals(REQUESTS, rows.size());
    for (RequestRow row : rows) {
      Law law = row.id() < 24 ? SHORT : row.id() < 60 ? MIDDLE : LONG;
      assertEquals(law.transform().applyAsDouble(numbers.nextDouble()), row.length());
    }
  }

  /** Each conversation begins with the first phase again. */
  @Test
  void turnsHaveTheLengthsOfTheirPhase() {
    PreparedScenario scenario =
        scenario(
            "conversations, starts: {process: poisson, rate: 0.1}, turns: 4, newPrompt: 5",
            "continuous, batchSize: 4",
            "turns");
    List<RequestRow> rows = new ArrayList<>();
    new Replication(scenario, STREAMS, 0).record(rows::add);
    // Of four turns the first is short, and two are of the middle.
    double mean = (SHORT.mean() + 2 * MIDDLE.mean() + LONG.mean()) / 4;
    assertEquals(mean, scenario.lengthLaw().mean(), 1e-12);
    long first = rows.stream().filter(row -> row.promptTokens() == 5).count();
    assertTrue(first > REQUESTS / 5, first + " conversations");
    for (RequestRow row : rows) {
      boolean isShort = row.length() <= 10;
      boolean isMiddle = row.length() >= 20 && row.length() <= 30;
      int said = row.promptTokens();
      // After one answer at most 5 + 10 + 5 tokens, after three at least 3 * 5 + 1 + 40 + 5.
      assertTrue(said == 5 ? isShort : said > 56 || isMiddle, said + " and " + row.length());
    }
  }

  @Test
  void aRequestThatIsPickedAtRandomIsOfAPhaseBySize() {
    LengthPhases phases =
        new LengthPhases(
            List.of(new Phase(SHORT, 24), new Phase(MIDDLE, 36), new Phase(LONG, Long.MAX_VALUE)),
            null);
    assertEquals((24 * 5.5 + 36 * 25 + 60 * 100) / 120.0, phases.law(120).mean(), 1e-12);
    assertEquals((24 * 5.5 + 6 * 25) / 30.0, phases.law(30).mean(), 1e-12);
    assertEquals(SHORT, phases.law(24));
    assertEquals(2 * 5.5, phases.times(2).law(24).mean(), 1e-12);
  }

  @Test
  void aRunOfThemIsFiniteAndTheoryIsSilent() {
    PreparedScenario scenario =
        scenario("poisson, rate: 0.5", "standard, batchSize: 4", "requests");
    assertEquals(Horizon.FINITE, scenario.horizon());
    assertTrue(scenario.isRandom());
    assertFalse(TheoryOverlay.of(scenario).has(Metric.THROUGHPUT));
  }

  @Test
  void allPhasesAreScaledAndTheLimitOfConcurrencyStays() {
    PreparedScenario scenario =
        scenario("poisson, rate: 0.5", "standard, batchSize: 4}\n  concurrency: 9 # {", "requests")
            .withLengthsTimes(3);
    assertEquals(9, scenario.traffic().concurrency());
    LengthPhases phases = scenario.traffic().phases();
    assertEquals(
        List.of(new Scaled(SHORT, 3), new Scaled(MIDDLE, 3), new Scaled(LONG, 3)),
        phases == null ? List.of() : phases.phases().stream().map(Phase::law).toList());
  }
}
