package io.github.batchq.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.model.BadInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slices have every run once, and of everything that takes long an equal share. */
class SliceTest {
  private static Round round(int points, int replications) {
    return new Round(
        IntStream.range(0, points)
            .mapToObj(point -> new Round.Replications(point, 0, replications))
            .toList());
  }

  private static List<Slice> slices(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(index -> new Slice(index, count)).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "1,1,1", "1,1,7", "4,3,1", "4,3,3", "4,3,7", "5,2,10", "13,1,13", "60,10,7", "9,9,100"
  })
  void haveEveryRunOnceInItsOrder(int points, int replications, int count) {
    Round round = round(points, replications);
    List<Pair> together = new ArrayList<>();
    for (Slice slice : slices(count)) {
      List<Pair> own = slice.of(round);
      assertTrue(Math.abs(own.size() - points * replications / (double) count) < 1);
      assertEquals(
          own.stream()
              .sorted(Comparator.comparingInt(Pair::point).thenComparingInt(Pair::replication))
              .toList(),
          own);
      together.addAll(own);
    }
    together.sort(Comparator.comparingInt(Pair::point).thenComparingInt(Pair::replication));
    assertEquals(round.pairs(), together);
  }

  /** Of any stretch of n runs a slice has two at most: points that take long stand together. */
  @Test
  void shareEveryStretch() {
    List<Pair> pairs = round(90, 10).pairs();
    for (Slice slice : slices(7)) {
      List<Integer> own = slice.of(round(90, 10)).stream().map(pairs::indexOf).toList();
      for (int i = 2; i < own.size(); i++) {
        assertTrue(own.get(i) - own.get(i - 2) > 7 - 1);
      }
    }
  }

  /** A sweep of as many values as there are slices gives none of them to one slice. */
  @Test
  void shareEveryValueOfASweepOfTheSamePeriod() {
    int values = 9;
    int[] slowest = new int[values];
    for (Slice slice : slices(values)) {
      for (Pair pair : slice.of(round(values * 100, 1))) {
        slowest[slice.index() - 1] += pair.point() % values == values - 1 ? 1 : 0;
      }
    }
    // 100 among 9 slices: 11 each, with a deviation of 3.
    for (int found : slowest) {
      assertTrue(found >= 1 && found <= 25, java.util.Arrays.toString(slowest));
    }
  }

  /** Machines of one sweep may have different Java versions. */
  @Test
  void areTheSameEverywhere() {
    List<Integer> points = new Slice(1, 3).of(round(12, 1)).stream().map(Pair::point).toList();
    assertEquals(List.of(0, 4, 7, 9), points);
  }

  @Test
  void aTextNamesOne() {
    assertEquals(new Slice(2, 3), Slice.parse("2/3"));
    assertEquals("2/3", new Slice(2, 3).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/3", "4/3", "a/b", "", "1", "1/", "/3", "1/0", "-1/3", "1/3/5", "1 /3"})
  void whatNamesNoneIsRefused(String text) {
    assertEquals(
        "--shard takes I/N, slice I of N with I from 1 to N, such as 2/3, found '" + text + "'",
        assertThrows(BadInputException.class, () -> Slice.parse(text)).getMessage());
  }
}
