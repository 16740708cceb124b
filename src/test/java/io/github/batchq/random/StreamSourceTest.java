package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import umontreal.ssj.rng.LFSR258;
import umontreal.ssj.rng.RandomStream;

/** Sources whose runs depend on each other. */
class StreamSourceTest {
  private static final AntitheticStreams PAIRS = new AntitheticStreams(new RandomStreams(3, 2));

  /** A stream that always gives the same number. */
  private static RandomStream always(double u) {
    return new LFSR258() {
      @Override
      protected double nextValue() {
        return u;
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void runsOfAPairMirrorEachOther(StreamName name) {
    RandomStreams plain = new RandomStreams(3, 2);
    for (int pair = 0; pair < 2; pair++) {
      RandomStream numbers = plain.stream(pair, name);
      RandomStream first = PAIRS.stream(2 * pair, name);
      RandomStream second = PAIRS.stream(2 * pair + 1, name);
      double[] block = new double[3];
      PAIRS.stream(2 * pair + 1, name).nextArrayOfDouble(block, 1, 2);
      for (int i = 0; i < 1000; i++) {
        double u = numbers.nextDouble();
        assertEquals(u, first.nextDouble());
        double mirrored = second.nextDouble();
        assertEquals(1 - u, mirrored);
        if (i < 2) {
          assertEquals(mirrored, block[i + 1]);
        }
      }
    }
  }

  static Stream<Law> laws() {
    return LawBatteryTest.laws();
  }

  /** Each draw of every law takes the number of its pair, and no number leads to infinity. */
  @ParameterizedTest
  @MethodSource("laws")
  void everyLawDrawsInStepAndFinitely(Law law) {
    RandomStream numbers = new RandomStreams(3, 2).stream(1, StreamName.SERVICE);
    DoubleUnaryOperator transform = law.transform();
    DoubleSupplier second = law.sampler(PAIRS.stream(3, StreamName.SERVICE));
    for (int i = 0; i < 200; i++) {
      assertEquals(transform.applyAsDouble(1 - numbers.nextDouble()), second.getAsDouble());
    }
    // Among them the smallest and the largest number of the generator.
    for (double u : new double[] {0x1p-64, 0x1p-54, 1 - 0x1p-53}) {
      StreamSource constant = (replication, name) -> always(u);
      RandomStream mirrored = new AntitheticStreams(constant).stream(1, StreamName.SERVICE);
      double number = mirrored.nextDouble();
      assertTrue(number > 0 && number < 1, () -> "1 - u is " + number);
      double draw = law.sampler(mirrored).getAsDouble();
      assertTrue(Double.isFinite(draw) && draw >= 0, () -> law + " draws " + draw);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 120})
  void pointsOfAGroupAreStratifiedInEveryCoordinate(int draws) {
    int logPoints = 6;
    QuasiRandomStreams streams = new QuasiRandomStreams(11, 2, logPoints, draws);
    int points = 64;
    for (int group = 0; group < 2; group++) {
      for (StreamName name :
          List.of(StreamName.ARRIVALS, StreamName.SERVICE, StreamName.PREDICTION)) {
        double[][] coordinates = new double[draws][points];
        for (int point = 0; point < points; point++) {
          RandomStream stream = streams.stream(group * points + point, name);
          for (int i = 0; i < draws; i++) {
            coordinates[i][point] = stream.nextDouble();
          }
        }
        for (double[] coordinate : coordinates) {
          Arrays.sort(coordinate);
          for (int cell = 0; cell < points; cell++) {
            assertEquals(cell, (int) (coordinate[cell] * points));
          }
        }
      }
    }
  }

  @Test
  void promptsHaveNoCoordinates() {
    QuasiRandomStreams streams = new QuasiRandomStreams(11, 1, 2, 3);
    assertThrows(IllegalArgumentException.class, () -> streams.stream(0, StreamName.PROMPTS));
  }

  @Test
  void everyPointIsUniformAndNamesAreIndependent() {
    int groups = 4000;
    QuasiRandomStreams streams = new QuasiRandomStreams(5, groups, 2, 3);
    double mean = 0;
    double square = 0;
    double product = 0;
    for (int group = 0; group < groups; group++) {
      RandomStream arrivals = streams.stream(4 * group + 1, StreamName.ARRIVALS);
      arrivals.nextDouble();
      double u = arrivals.nextDouble() - 0.5;
      double v = streams.stream(4 * group + 1, StreamName.SERVICE).nextDouble() - 0.5;
      mean += u / groups;
      square += u * u / groups;
      product += u * v / groups;
    }
    // 4 standard errors: variances of u, u^2 and u v are 1/12, 1/180 and 1/144.
    double root = Math.sqrt(groups);
    assertEquals(0, mean, 4 * Math.sqrt(1.0 / 12) / root);
    assertEquals(1.0 / 12, square, 4 * Math.sqrt(1.0 / 180) / root);
    assertEquals(0, product, 4.0 / 12 / root);
  }

  @Test
  void groupsAreScrambledDifferentlyAndRepeatably() {
    QuasiRandomStreams streams = new QuasiRandomStreams(5, 2, 3, 4);
    double first = streams.stream(0, StreamName.SERVICE).nextDouble();
    double second = streams.stream(8, StreamName.SERVICE).nextDouble();
    assertTrue(first != second);
    assertEquals(first, streams.stream(0, StreamName.SERVICE).nextDouble());
    assertEquals(
        second, new QuasiRandomStreams(5, 2, 3, 4).stream(8, StreamName.SERVICE).nextDouble());
  }

  @Test
  void sizesThatSobolPointsDoNotHaveAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new QuasiRandomStreams(1, 0, 5, 4));
    assertThrows(IllegalArgumentException.class, () -> new QuasiRandomStreams(1, 1, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> new QuasiRandomStreams(1, 1, 21, 4));
    assertThrows(IllegalArgumentException.class, () -> new QuasiRandomStreams(1, 1, 5, 0));
    IllegalArgumentException error =
        assertThrows(IllegalArgumentException.class, () -> new QuasiRandomStreams(1, 1, 5, 121));
    assertEquals("draws must be from 1 to 120, found 121", error.getMessage());
    error = assertThrows(IllegalArgumentException.class, () -> new SobolPoints(1, 1, 5, 361));
    assertEquals("dimensions must be from 1 to 360, found 361", error.getMessage());
  }
}
