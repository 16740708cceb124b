package io.github.batchq.agreement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.experiment.Experiment;
import io.github.batchq.file.ExperimentFiles;
import io.github.batchq.metric.Metric;
import io.github.batchq.model.BadInputException;
import io.github.batchq.random.Exponential;
import io.github.batchq.random.Law;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import io.github.batchq.scenario.Replication;
import io.github.batchq.scenario.RequestRow;
import io.github.batchq.workload.ArrivalSpec;
import io.github.batchq.workload.Conversations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conversations under every policy: what is said, when, and what of it is known. */
public class ConversationTrafficTest {
  private static final RandomStreams STREAMS = new RandomStreams(17, 1);
  private static final int REQUESTS = 2000;
  private static final String POLICY = "continuous, batchSize: 4";

  @TempDir Path folder;

  /** The kinds of arrivals that are tested here. */
  public static Set<Class<? extends ArrivalSpec>> specs() {
    return Set.of(Conversations.class);
  }

  private static double[] draw(Law law, StreamName name, int size) {
    double[] values = new double[size];
    var sampler = law.sampler(STREAMS.stream(0, name));
    Arrays.setAll(values, i -> sampler.getAsDouble());
    return values;
  }

  private Replication replication(String keys, String policy, String model) {
    String text =
        """
        name: conversations
        scenario:
          arrivals: {process: conversations, starts: {process: poisson, rate: 0.05}, turns: {law: uniform, min: 1, max: 7}, think: {law: exponential, rate: 0.1}, newPrompt: {law: uniform, min: 0, max: 30}%s}
          service: {tokens: {law: uniform, min: 1, max: 20}, model: %s}
          policy: {type: %s}
          servers: 2
          requests: %d
        """
            .formatted(keys, model, policy, REQUESTS);
    Experiment experiment = ExperimentFiles.read(folder, text);
    return new Replication(experiment.points().get(0).scenario(), STREAMS, 0);
  }

  private static final String STEPS =
      "{type: token-level, prefillPerToken: 0.01, step: 0.25, perRequest: 0.01}";

  /** Where a request stands in its conversation. */
  private record Place(int conversation, int turn) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "standard, batchSize: 3",
        "multi-bin, bins: 2, boundaries: [10], batchSize: 3, partial: true",
        "dynamic, batchSize: 4",
        "elastic, batchSize: 4",
        "max-wait, bins: 1, batchSize: 4, maxWait: 2",
        "shortest-first, batchSize: 4",
        POLICY,
        "continuous, batchSize: 4, chunk: 64, prefixCache: {tokens: 1000}",
        "wait-threshold, batchSize: 4, threshold: 1",
      })
  void eachTurnComesAThoughtAfterTheAnswerAndHasAllThatWasSaid(String policy) {
    List<RequestRow> rows = new ArrayList<>();
    replication("", policy, STEPS).record(rows::add);
    double[] lengths = draw(new Uniform(1, 20), StreamName.SERVICE, 3 * REQUESTS);
    double[] fresh = draw(new Uniform(0, 30), StreamName.PROMPTS, 3 * REQUESTS);
    double[] pauses = draw(new Exponential(0.1), StreamName.THINKING, 3 * REQUESTS);
    double[] turns = draw(new Uniform(1, 7), StreamName.GROUPS, REQUESTS);
    double[] starts = draw(new Exponential(0.05), StreamName.ARRIVALS, REQUESTS);
    for (int i = 1; i < REQUESTS; i++) {
      starts[i] += starts[i - 1];
    }
    Map<Double, Integer> drawn = new HashMap<>();
    Map<Integer, Place> places = new HashMap<>();
    for (int i = 0, conversation = 0; i < lengths.length; conversation++) {
      for (int turn = 0; turn < Math.round(turns[conversation]) && i < lengths.length; turn++) {
        drawn.put(lengths[i], i);
        places.put(i++, new Place(conversation, turn));
      }
    }
    Map<Integer, RequestRow> last = new HashMap<>();
    rows.sort(Comparator.comparingLong(RequestRow::id));
    assertEquals(REQUESTS, rows.size());
    int later = 0;
    for (RequestRow row : rows) {
      int number = drawn.get(row.length());
      Place place = places.get(number);
      RequestRow before = last.put(place.conversation(), row);
      long said = 0;
      if (place.turn() == 0) {
        assertEquals(starts[place.conversation()], row.arrival());
      } else {
        assertEquals(before.end() + pauses[number], row.arrival(), 1e-9 * row.arrival());
        said = before.promptTokens() + (long) Math.ceil(before.length());
        later++;
      }
      assertEquals(said + Math.max(1, Math.round(fresh[number])), row.promptTokens());
    }
    assertTrue(later > REQUESTS / 2, later + " later turns");
  }

  /** A share of what was said needs no processing, whoever serves. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"dynamic, batchSize: 4", POLICY})
  void knownPrefixesAreCounted(String policy) {
    List<RequestRow> rows = new ArrayList<>();
    replication(", prefixHit: 0.6", policy, STEPS).record(rows::add);
    long asked = 0;
    long found = 0;
    for (RequestRow row : rows) {
      asked += row.promptTokens();
    }
    // What a turn knows is a share of the prompt and answer of the turn before it.
    double[] lengths = draw(new Uniform(1, 20), StreamName.SERVICE, 3 * REQUESTS);
    double[] turns = draw(new Uniform(1, 7), StreamName.GROUPS, REQUESTS);
    Map<Double, Integer> drawn = new HashMap<>();
    List<Integer> first = new ArrayList<>();
    for (int i = 0, conversation = 0; i < lengths.length; conversation++) {
      int begin = i;
      for (int turn = 0; turn < Math.round(turns[conversation]) && i < lengths.length; turn++) {
        drawn.put(lengths[i], i++);
        first.add(begin);
      }
    }
    Map<Integer, RequestRow> byNumber = new HashMap<>();
    rows.forEach(row -> byNumber.put(drawn.get(row.length()), row));
    for (int number : byNumber.keySet()) {
      if (first.get(number) < number) {
        RequestRow before = byNumber.get(number - 1);
        found += (int) (0.6 * (before.promptTokens() + Math.ceil(before.length())));
      }
    }
    double share =
        Metric.named("prefix.hit.share").of(replication(", prefixHit: 0.6", policy, STEPS).run());
    assertEquals((double) found / asked, share, 1e-12);
  }

  /** A prompt that is known costs whole batches nothing. */
  @Test
  void whatIsKnownIsNotPaidFor() {
    double whole = mean("");
    double half = mean(", prefixHit: 0.5");
    double all = mean(", prefixHit: 1");
    assertTrue(all < half && half < whole, whole + ", " + half + ", " + all);
  }

  private double mean(String keys) {
    return Metric.named("service.mean").of(replication(keys, "dynamic, batchSize: 1", STEPS).run());
  }

  @Test
  void aConversationEndsBeforeItIsTooLong() {
    List<RequestRow> rows = new ArrayList<>();
    replication(", mostTokens: 100", POLICY, STEPS).record(rows::add);
    for (RequestRow row : rows) {
      assertTrue(row.promptTokens() + Math.ceil(row.length()) <= 100);
    }
    String message =
        assertThrows(
                BadInputException.class,
                () -> replication(", mostTokens: 10", POLICY, STEPS).record(row -> {}))
            .getMessage();
    assertTrue(String.valueOf(message).contains("more than 'mostTokens', 10"), message);
  }

  @Test
  void theSystemIsAsOpenAsItsStarts() {
    assertEquals(0.05 * 4, replication("", POLICY, STEPS).scenario().arrivals().rate(), 1e-12);
    assertEquals(
        0.8, replication("", POLICY, STEPS).scenario().atRate(0.8).arrivals().rate(), 1e-12);
  }
}
