package io.github.batchq.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinBoundariesTest {
  @Test
  void aLengthEqualToABoundaryGoesToTheUpperBin() {
    BinBoundaries bins = BinBoundaries.of(2, 5);
    assertEquals(3, bins.bins());
    assertEquals(0, bins.binOf(1.999));
    assertEquals(1, bins.binOf(2));
    assertEquals(1, bins.binOf(4.999));
    assertEquals(2, bins.binOf(5));
    assertEquals(2, bins.binOf(1e300));
    assertEquals(0, bins.lower(0));
    assertEquals(2, bins.upper(0));
    assertEquals(Double.POSITIVE_INFINITY, bins.upper(2));
    assertEquals("2.0 5.0", bins.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 15, 16, 17, 40, 1000})
  void agreesWithANaiveCount(int size) {
    SplittableRandom random = new SplittableRandom(size);
    double[] inner = random.doubles(size, 1, 100).map(Math::rint).sorted().toArray();
    BinBoundaries bins = BinBoundaries.of(inner);
    for (int i = 0; i < 2000; i++) {
      double length = i % 2 == 0 ? random.nextDouble(0, 110) : Math.rint(random.nextDouble(0, 110));
      assertEquals(
          Arrays.stream(inner).filter(boundary -> boundary <= length).count(), bins.binOf(length));
    }
  }

  @Test
  void isAValue() {
    assertEquals(BinBoundaries.of(1, 2), BinBoundaries.of(1, 2));
    assertEquals(BinBoundaries.of(1, 2).hashCode(), BinBoundaries.of(1, 2).hashCode());
    assertNotEquals(BinBoundaries.of(1, 2), BinBoundaries.of(1, 3));
    assertEquals(BinBoundaries.none(), BinBoundaries.of());
    double[] inner = {1, 2};
    BinBoundaries bins = BinBoundaries.of(inner);
    inner[0] = 9;
    bins.inner()[1] = 9;
    assertEquals(BinBoundaries.of(1, 2), bins);
  }

  @Test
  void refusesWhatBoundsNothing() {
    assertThrows(IllegalArgumentException.class, () -> BinBoundaries.of(0));
    assertThrows(IllegalArgumentException.class, () -> BinBoundaries.of(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> BinBoundaries.of(Double.POSITIVE_INFINITY));
    assertThrows(IllegalArgumentException.class, () -> BinBoundaries.of(2, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new Batch(new QueuedRequest[0], 0, 0, false));
  }

  @Test
  void binsOfManyLengthsAreThoseOfEach() {
    double[] lengths = {0, 1, 1.5, 2, 3, 7, 8.5, 16, 17, 40, 1e300, Double.POSITIVE_INFINITY};
    for (int number = 0; number < 20; number++) {
      BinBoundaries bins =
          BinBoundaries.of(IntStream.rangeClosed(1, number).mapToDouble(i -> i).toArray());
      int[] found = new int[lengths.length + 1];
      Arrays.fill(found, -7);
      bins.binsOf(lengths, lengths.length, found);
      for (int i = 0; i < lengths.length; i++) {
        assertEquals(bins.binOf(lengths[i]), found[i]);
      }
      assertEquals(-7, found[lengths.length]);
    }
  }
}
