package io.github.batchq.file.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.file.data.DataFile;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.workload.LearntLengths;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.Traces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import umontreal.ssj.rng.RandomStream;

/** What is learnt from prompts. */
class LengthLearnerTest {
  private static final int REQUESTS = 600;

  @TempDir Path folder;

  private TraceFile spec(int[] prompts, IntToDoubleFunction length) throws IOException {
    StringBuilder text = new StringBuilder("t,n,p\n");
    for (int i = 0; i < prompts.length; i++) {
      text.append(i).append(',').append(length.applyAsDouble(i)).append(',');
      text.append(prompts[i]).append('\n');
    }
    Files.writeString(folder.resolve("t.csv"), text);
    return TraceFiles.csv(DataFile.of("t.csv", folder), "t", null, null, "n", "p");
  }

  private static int[] distinctPrompts(long seed) {
    return new Random(seed).ints(1, 20_000).distinct().limit(REQUESTS).toArray();
  }

  /** The mean of the 25 nearest on a logarithmic scale, found by sorting all of them. */
  @Test
  void neighboursAreTheNearest() throws IOException {
    int[] prompts = distinctPrompts(3);
    double[] lengths = new Random(4).doubles(REQUESTS, 1, 500).toArray();
    LearntLengths learnt =
        LengthLearner.learn(spec(prompts, i -> lengths[i]).read(), LearningMethod.NEIGHBOURS, 25);
    for (int asked : prompts) {
      double mean =
          IntStream.range(0, REQUESTS)
              .boxed()
              .sorted(
                  Comparator.comparingDouble(
                      i -> Math.abs(Math.log1p(prompts[i]) - Math.log1p(asked))))
              .limit(25)
              .mapToDouble(i -> lengths[i])
              .average()
              .orElseThrow();
      assertEquals(mean, learnt.mean(asked), 1e-9 * mean);
    }
  }

  /** Four ranges of prompts with a mean length each, and a chance of up to 3 tokens either way. */
  @Test
  void aTreeFindsTheRanges() throws IOException {
    int[] prompts = distinctPrompts(5);
    double[] truth = {100, 20, 300, 50};
    Random random = new Random(6);
    LearntLengths learnt =
        LengthLearner.learn(
            spec(prompts, i -> truth[prompts[i] / 5_000] + random.nextInt(7) - 3).read(),
            LearningMethod.TREE,
            50);
    double error = 0;
    for (int asked : prompts) {
      double found = learnt.mean(asked) - truth[asked / 5_000];
      assertTrue(Math.abs(found) <= 3, "prompt " + asked);
      error += Math.abs(found) / REQUESTS;
    }
    // Of single requests it would be 12/7.
    assertTrue(error < 0.5 * 12 / 7, "mean error " + error);
  }

  /** Lengths have the law of the trace, in the order of the means; ties get their middle. */
  @ParameterizedTest
  @EnumSource
  void meansAreSpreadOverTheLengths(LearningMethod method) throws IOException {
    int[] prompts = distinctPrompts(7);
    double[] lengths = new Random(8).doubles(REQUESTS, 1, 500).toArray();
    LearntLengths learnt = LengthLearner.learn(spec(prompts, i -> lengths[i]).read(), method, 30);
    int[] ordered =
        Arrays.stream(prompts)
            .boxed()
            .sorted(Comparator.comparingDouble(learnt::mean))
            .mapToInt(i -> i)
            .toArray();
    double[] sorted = Arrays.stream(lengths).sorted().toArray();
    for (int i = 1; i < REQUESTS; i++) {
      assertTrue(learnt.length(ordered[i]) >= learnt.length(ordered[i - 1]));
    }
    double median = learnt.length(ordered[REQUESTS / 2]);
    int rank = Arrays.binarySearch(sorted, median);
    int first = REQUESTS / 2;
    int last = first;
    while (first > 0 && learnt.length(ordered[first - 1]) == median) {
      first--;
    }
    while (last < REQUESTS - 1 && learnt.length(ordered[last + 1]) == median) {
      last++;
    }
    assertEquals((first + last + 1) / 2, rank);
  }

  @Test
  void otherPromptsAreTakenForTheNearest() throws IOException {
    int[] prompts = {10, 20, 40};
    LearntLengths learnt =
        LengthLearner.learn(spec(prompts, i -> 1 + i).read(), LearningMethod.NEIGHBOURS, 1);
    assertEquals(1, learnt.length(0));
    assertEquals(1, learnt.length(15));
    assertEquals(2, learnt.length(16));
    assertEquals(3, learnt.length(31));
    assertEquals(3, learnt.length(Integer.MAX_VALUE));
  }

  @Test
  void thePredictorLearnsFromItsPartOfTheTrace() throws IOException {
    int[] prompts = IntStream.rangeClosed(1, 100).toArray();
    TraceFile spec = spec(prompts, i -> i < 50 ? 7 : 9);
    RandomStream stream = new RandomStreams(1, 1).stream(0, StreamName.PREDICTION);
    LearntPredictor predictor = new LearntPredictor(spec, null, 10, null, 50.0);
    PredictorSpec learnt = predictor.prepare(new Traces());
    assertEquals(7, learnt.create(stream, BinBoundaries.none()).predict(1e9, 99));
    assertTrue(learnt.readsPrompts());
    assertNull(learnt.confusion(2));
    assertThrows(IllegalStateException.class, () -> predictor.create(stream, BinBoundaries.none()));
  }

  @Test
  void refusesWhatTeachesNothing() throws IOException {
    TraceFile none = spec(new int[10], i -> 5);
    assertThrows(
        IllegalArgumentException.class,
        () -> LengthLearner.learn(none.read(), LearningMethod.TREE, 2));
    TraceFile few = spec(new int[] {1, 2, 3}, i -> 5);
    assertThrows(
        IllegalArgumentException.class,
        () -> LengthLearner.learn(few.read(), LearningMethod.TREE, 4));
    assertThrows(
        IllegalArgumentException.class, () -> new LearntPredictor(few, null, 0, null, null));
  }
}
