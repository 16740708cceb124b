package io.github.batchq.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import umontreal.ssj.rng.RandomStream;

/**
 * Fixed seeds; every statistic is about standard normal and is refused beyond 4.4, at significance
 * 0.00001.
 */
class GeneratorQualityTest {
  private static final double LIMIT = 4.4;
  private static final int SIZE = 1 << 20;
  private static final List<Integer> REPLICATIONS = List.of(0, 1, 2, 9999);

  /** Chi-square of points in a unit cube of cells^dimension equal cells, as a normal deviate. */
  private static double cells(DoubleSupplier numbers, int dimension, int cells) {
    int[] counts = new int[(int) Math.pow(cells, dimension)];
    int points = SIZE / dimension;
    for (int i = 0; i < points; i++) {
      int cell = 0;
      for (int j = 0; j < dimension; j++) {
        cell = cell * cells + (int) (cells * numbers.getAsDouble());
      }
      counts[cell]++;
    }
    double mean = (double) points / counts.length;
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - mean) * (count - mean) / mean;
    }
    double freedom = counts.length - 1;
    return (chiSquare - freedom) / Math.sqrt(2 * freedom);
  }

  private static double correlation(DoubleSupplier first, DoubleSupplier second) {
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      sum += (first.getAsDouble() - 0.5) * (second.getAsDouble() - 0.5);
    }
    return 12 * sum / Math.sqrt(SIZE);
  }

  @ParameterizedTest
  @EnumSource
  void numbersFillTheCubeEvenly(Generator generator) {
    RandomStreams streams = new RandomStreams(generator, 11, 10_000);
    for (int replication : REPLICATIONS) {
      RandomStream stream = streams.stream(replication, StreamName.SERVICE);
      assertEquals(0, cells(stream::nextDouble, 1, 4096), LIMIT);
      assertEquals(0, cells(stream::nextDouble, 2, 64), LIMIT);
      assertEquals(0, cells(stream::nextDouble, 3, 16), LIMIT);
      assertEquals(0, cells(() -> stream.nextDouble() * 1024 % 1, 2, 64), LIMIT, "lower bits");
    }
  }

  @ParameterizedTest
  @EnumSource
  void numbersAreSeriallyUncorrelated(Generator generator) {
    RandomStreams streams = new RandomStreams(generator, 12, 1);
    for (int lag : List.of(1, 2, 3, 16)) {
      RandomStream ahead = streams.stream(0, StreamName.ARRIVALS);
      ahead.nextArrayOfDouble(new double[lag], 0, lag);
      RandomStream stream = streams.stream(0, StreamName.ARRIVALS);
      assertEquals(0, correlation(stream::nextDouble, ahead::nextDouble), LIMIT);
    }
  }

  /** Neighbours in replication, name and seed, as points of a square and by correlation. */
  @ParameterizedTest
  @EnumSource
  void neighbouringStreamsAreIndependent(Generator generator) {
    RandomStreams streams = new RandomStreams(generator, 13, 10_000);
    for (int replication : REPLICATIONS) {
      List<RandomStream> neighbours =
          List.of(
              streams.stream(replication, StreamName.SERVICE),
              streams.stream(replication, StreamName.PREDICTION),
              streams.stream((replication + 1) % 10_000, StreamName.ARRIVALS),
              new RandomStreams(generator, 14, replication + 1)
                  .stream(replication, StreamName.ARRIVALS));
      for (RandomStream second : neighbours) {
        RandomStream first = streams.stream(replication, StreamName.ARRIVALS);
        int[] drawn = {0};
        DoubleSupplier inTurn =
            () -> drawn[0]++ % 2 == 0 ? first.nextDouble() : second.nextDouble();
        assertEquals(0, cells(inTurn, 2, 64), LIMIT);
        assertEquals(0, correlation(first::nextDouble, second::nextDouble), LIMIT);
      }
    }
  }
}
