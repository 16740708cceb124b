package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class SortedValuesTest {
  @Test
  void sortsAsTheLibraryDoes() {
    Random random = new Random(3);
    DoubleUnaryOperator[] shapes = {
      u -> u,
      u -> Math.exp(300 * u),
      u -> Math.floor(50 * u),
      u -> Math.pow(u, -3) - 1,
      u -> 7,
      u -> u < 0.01 ? Double.MIN_VALUE : 5 + u,
      u -> u < 0.01 ? Double.MAX_VALUE : u
    };
    for (int trial = 0; trial < 2000; trial++) {
      int size = random.nextInt(trial % 100 == 0 ? 20_000 : 500);
      double[] values = random.doubles(size).map(shapes[trial % shapes.length]).toArray();
      double[] given = values.clone();
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      assertArrayEquals(sorted, SortedValues.of(values));
      assertArrayEquals(given, values);
    }
  }
}
