package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import umontreal.ssj.rng.RandomStream;

class RandomStreamsTest {
  private static double[] numbers(RandomStream stream) {
    double[] numbers = new double[50];
    stream.nextArrayOfDouble(numbers, 0, numbers.length);
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MIN_VALUE, Long.MAX_VALUE})
  void seedReplicationAndNameFixTheNumbers(long seed) {
    for (Generator generator : Generator.values()) {
      fixTheNumbers(new RandomStreams(generator, seed, 3), new RandomStreams(generator, seed, 7));
    }
  }

  /** Numbers of published results: they must never change. */
  @Test
  void numbersOfASeedStayAsTheyAre() {
    assertEquals(
        0.7654135339032396, new RandomStreams(1, 2).stream(1, StreamName.SERVICE).nextDouble());
    assertEquals(
        0.37661835850351577,
        new RandomStreams(Generator.L64X128MIX, 1, 2).stream(1, StreamName.SERVICE).nextDouble());
  }

  private static void fixTheNumbers(RandomStreams first, RandomStreams more) {
    for (int replication = 0; replication < 3; replication++) {
      for (StreamName name : StreamName.values()) {
        double[] numbers = numbers(first.stream(replication, name));
        assertArrayEquals(numbers, numbers(more.stream(replication, name)));
        assertArrayEquals(numbers, numbers(first.stream(replication, name)), "a second time");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void otherSeedsReplicationsAndNamesGiveOtherNumbers(Generator generator) {
    Map<Double, String> seen = new HashMap<>();
    for (long seed = 0; seed < 20; seed++) {
      RandomStreams streams = new RandomStreams(generator, seed, 10);
      for (int replication = 0; replication < 10; replication++) {
        for (StreamName name : StreamName.values()) {
          for (double number : numbers(streams.stream(replication, name))) {
            // 30,000 numbers of 53 bits: a coincidence has probability 5e-8.
            assertFalse(seen.containsKey(number), () -> "repeated " + seen.get(number));
            seen.put(number, seed + " " + replication + " " + name);
          }
        }
      }
    }
  }

  @Test
  void orderOfCreationDoesNotMatter() {
    RandomStreams streams = new RandomStreams(5, 2);
    RandomStream service = streams.stream(1, StreamName.SERVICE);
    RandomStream arrivals = streams.stream(0, StreamName.ARRIVALS);
    arrivals.nextDouble();
    double[] numbers = numbers(service);
    RandomStreams again = new RandomStreams(5, 2);
    assertArrayEquals(numbers, numbers(again.stream(1, StreamName.SERVICE)));
  }

  @Test
  void threadsDoNotMatter() {
    List<Double> alone = new ArrayList<>();
    for (int replication = 0; replication < 200; replication++) {
      alone.add(new RandomStreams(9, 200).stream(replication, StreamName.SERVICE).nextDouble());
    }
    RandomStreams shared = new RandomStreams(9, 200);
    List<Double> together =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(replication -> shared.stream(replication, StreamName.SERVICE).nextDouble())
            .toList();
    assertEquals(alone, together);
  }

  /** Correlation of neighbouring streams within the normal interval at significance 0.0001. */
  @Test
  void neighbouringStreamsAreUncorrelated() {
    RandomStreams streams = new RandomStreams(2026, 2);
    RandomStream first = streams.stream(0, StreamName.ARRIVALS);
    int n = 100_000;
    for (RandomStream second :
        List.of(streams.stream(0, StreamName.SERVICE), streams.stream(1, StreamName.ARRIVALS))) {
      first.resetStartSubstream();
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (first.nextDouble() - 0.5) * (second.nextDouble() - 0.5);
      }
      assertEquals(0, 12 * sum / Math.sqrt(n), 3.8906);
    }
  }
}
