package io.github.batchq.study.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.engine.ThreadEngine;
import io.github.batchq.experiment.Pair;
import io.github.batchq.experiment.RunJournal;
import io.github.batchq.file.PlanFile;
import io.github.batchq.file.PlanQuestion;
import io.github.batchq.model.BadInputException;
import io.github.batchq.model.ResultTable;
import io.github.batchq.scenario.RunMeasurement;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("long")
class PlanSearchTest {
  /** A queue whose answers Erlang's formula knows: single requests of exponential lengths. */
  private static final String ERLANG =
      """
      {"name": "erlang", "traffic": {"arrivals": {"process": "poisson", "rate": 3},
        "service": {"law": "exponential", "rate": 1}},
       "require": {"latency.mean": 1.1},
       "search": {"policies": ["dynamic"], "batchSize": 1, "servers": {"from": 1, "to": 8}}}
      """;

  private static final String SMALL =
      """
      {"name": "small", "traffic": {"arrivals": {"process": "gamma", "rate": 1, "cv": 1.5},
        "service": {"law": "uniform", "min": 1, "max": 20},
        "predictor": {"type": "lognormal-noise", "sigma": 0.2}},
       "require": {"latency.p95": 45, "padding": 0.5}, "price": 2,
       "search": {"policies": ["standard", "multi-bin", "dynamic", "continuous"], "batchSize": [4, 8],
        "bins": [2], "boundaries": ["equal-mass"], "servers": {"from": 1, "to": 6}}}
      """;

  private static PlanQuestion question(String json, String... settings) {
    try {
      ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(json);
      for (int i = 0; i < settings.length; i += 2) {
        tree.set(settings[i], new ObjectMapper().readTree(settings[i + 1]));
      }
      return PlanFile.of("plan", tree);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static PlanAnswer search(PlanQuestion question, int threads) throws InterruptedException {
    try (ThreadEngine engine = new ThreadEngine(threads)) {
      return PlanSearch.search(question, engine, RunJournal.NONE, runs -> {});
    }
  }

  /** Mean time in system of M/M/c: Erlang's C formula. */
  private static double erlang(double rate, int servers) {
    double term = 1;
    double sum = 1;
    for (int i = 1; i < servers; i++) {
      term *= rate / i;
      sum += term;
    }
    double last = term * rate / servers * servers / (servers - rate);
    double waits = last / (sum + last);
    return 1 + waits / (servers - rate);
  }

  @Test
  void theFewestServersAreThoseOfErlangsFormula() throws InterruptedException {
    int fewest = 4;
    while (erlang(3, fewest) > 1.1) {
      fewest++;
    }
    PlanAnswer answer = search(question(ERLANG), 2);
    assertTrue(answer.isKept());
    assertEquals(fewest, answer.best().orElseThrow().servers());
    assertTrue(fewest > 4, "a limit that the fewest stable servers keep tests nothing");
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBytes() throws InterruptedException {
    PlanAnswer one = search(question(SMALL), 1);
    PlanAnswer three = search(question(SMALL), 3);
    assertEquals(one.page(), three.page());
    assertEquals(one.tables(), three.tables());
    assertNotEquals(one.page(), search(question(SMALL, "seed", "2"), 1).page());
  }

  @Test
  void whatWasFinishedIsNotRunAgain() throws InterruptedException {
    Map<Pair, RunMeasurement> kept = new ConcurrentHashMap<>();
    AtomicLong made = new AtomicLong();
    RunJournal journal =
        new RunJournal() {
          @Override
          public @Nullable RunMeasurement find(int point, int replication) {
            return kept.get(new Pair(point, replication));
          }

          @Override
          public void finished(int point, int replication, RunMeasurement measurement) {
            made.incrementAndGet();
            assertNull(kept.put(new Pair(point, replication), measurement));
          }
        };
    try (ThreadEngine engine = new ThreadEngine(2)) {
      PlanAnswer first = PlanSearch.search(question(SMALL), engine, journal, runs -> {});
      long all = made.get();
      assertTrue(all > 100);
      kept.keySet().removeIf(pair -> pair.point() % 3 == 0 && pair.replication() % 2 == 0);
      long left = kept.size();
      PlanAnswer again = PlanSearch.search(question(SMALL), engine, journal, runs -> {});
      assertEquals(first.tables(), again.tables());
      assertEquals(all - left, made.get() - all);
    }
  }

  @Test
  void theAnswerNamesWhatIsKeptAndWhyOthersLose() throws InterruptedException {
    PlanAnswer answer = search(question(SMALL), 2);
    String page = answer.page();
    assertTrue(page.contains("Take continuous(batchSize="), page);
    assertTrue(page.contains("where at most 45 is asked for"), page);
    assertTrue(page.contains("**standard**"), page);
    ResultTable candidates = answer.tables().get("candidates.csv");
    assertNotNull(candidates);
    assertEquals(10 * 6, candidates.rows().size());
    for (int row = 0; row < candidates.rows().size(); row++) {
      assertFalse(candidates.text(row, "outcome").isEmpty());
    }
    ResultTable finalists = answer.tables().get("finalists.csv");
    assertNotNull(finalists);
    assertEquals("best", finalists.text(0, "role"));
    assertEquals("true", finalists.text(0, "kept"));
    assertTrue(finalists.number(0, "latency.p95.limit95") <= 45);
    ResultTable changes = answer.tables().get("sensitivity.csv");
    assertNotNull(changes);
    assertEquals("as planned", changes.text(0, "change"));
    String best = answer.experiment(Path.of(""));
    assertNotNull(best);
    assertTrue(best.contains("type: continuous"), best);
  }

  @Test
  void aMetricMayBeTheObjective() throws InterruptedException {
    PlanAnswer answer = search(question(SMALL, "objective", "\"latency.mean\""), 2);
    PlanAnswer.Configuration best = answer.best().orElseThrow();
    assertEquals(6, best.servers());
    assertTrue(best.policy().label().startsWith("continuous"), best.policy().label());
  }

  @Test
  void whereNothingKeepsTheRequirementsTheNearestIsTold() throws InterruptedException {
    PlanAnswer answer = search(question(SMALL, "require", "{\"latency.p95\": 12}"), 2);
    assertFalse(answer.isKept());
    assertTrue(answer.best().isEmpty());
    assertNull(answer.experiment(Path.of("")));
    assertTrue(
        answer.sentences().get(0).startsWith("Nothing that was tried keeps latency.p95 <= 12 s"));
    assertTrue(answer.sentences().get(1).contains("it could keep latency.p95 <= "));
  }

  @Test
  void aRateThatNoNumberOfServersCarriesIsRefused() {
    BadInputException refused =
        assertThrows(
            BadInputException.class, () -> search(question(SMALL, "carry", "{\"rate\": 100}"), 1));
    assertTrue(
        refused.getMessage().startsWith("no number of servers in search.servers carries 100 req/s"),
        refused.getMessage());
  }

  @Test
  void aReplayedTraceHasValuesWithoutIntervals() throws InterruptedException {
    PlanQuestion question =
        question(
            """
            {"name": "replay", "traffic": {"arrivals": {"process": "trace",
              "trace": {"format": "vidur", "file": "resource:sample-vidur.csv"}},
              "service": {"tokens": "trace", "secondsPerToken": 0.01}},
             "require": {"latency.max": 100},
             "search": {"policies": ["dynamic", "standard"], "batchSize": [1, 2], "servers": 1}}
            """);
    PlanAnswer answer = search(question, 1);
    assertTrue(answer.isKept());
    ResultTable finalists = answer.tables().get("finalists.csv");
    assertNotNull(finalists);
    assertEquals(0, finalists.number(0, "latency.max.ci95"));
  }
}
