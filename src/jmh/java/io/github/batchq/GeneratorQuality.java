package io.github.batchq;

import io.github.batchq.random.Generator;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import umontreal.ssj.rng.MRG32k3a;
import umontreal.ssj.rng.RandomStream;

/**
 * A small battery over generators: prints statistics that are standard normal where the numbers are
 * independent and uniform, over 2<sup>26</sup> numbers each. A sanity check, not a replacement for
 * BigCrush or PractRand.
 */
public final class GeneratorQuality {
  private static final int SIZE = 1 << 26;

  private GeneratorQuality() {}

  /** Prints a table in Markdown. */
  public static void main(String[] arguments) {
    Map<String, RandomStream[]> pairs = new LinkedHashMap<>();
    for (Generator generator : Generator.values()) {
      RandomStreams streams = new RandomStreams(generator, 2026, 2);
      pairs.put(
          generator.id(),
          new RandomStream[] {
            streams.stream(0, StreamName.ARRIVALS), streams.stream(0, StreamName.SERVICE)
          });
    }
    pairs.put("MRG32k3a (SSJ)", new RandomStream[] {new MRG32k3a(), new MRG32k3a()});
    System.out.println(
        "| generator | 1D, 2^16 cells | 2D, 256^2 | 3D, 40^3 | 2D, lower bits | runs | serial, lag 1 |"
            + " two streams, 256^2 |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    pairs.forEach(GeneratorQuality::print);
  }

  private static void print(String name, RandomStream[] pair) {
    RandomStream first = pair[0];
    int[] drawn = {0};
    DoubleSupplier inTurn = () -> pair[drawn[0]++ & 1].nextDouble();
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
        name,
        cells(first::nextDouble, 1, 1 << 16),
        cells(first::nextDouble, 2, 256),
        cells(first::nextDouble, 3, 40),
        cells(() -> first.nextDouble() * (1 << 20) % 1, 2, 256),
        runs(first),
        correlation(first),
        cells(inTurn, 2, 256));
  }

  /** Chi-square of points in cells^dimension equal cells of the unit cube, as a normal deviate. */
  private static double cells(DoubleSupplier numbers, int dimension, int cells) {
    int[] counts = new int[(int) Math.round(Math.pow(cells, dimension))];
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

  /** Number of ascents and descents in a row: mean (2n - 1) / 3, variance (16n - 29) / 90. */
  private static double runs(RandomStream stream) {
    double last = stream.nextDouble();
    boolean up = false;
    double runs = 0;
    for (int i = 1; i < SIZE; i++) {
      double number = stream.nextDouble();
      if (i == 1 || (number > last) != up) {
        runs++;
      }
      up = number > last;
      last = number;
    }
    return (runs - (2.0 * SIZE - 1) / 3) / Math.sqrt((16.0 * SIZE - 29) / 90);
  }

  private static double correlation(RandomStream stream) {
    double last = stream.nextDouble() - 0.5;
    double sum = 0;
    for (int i = 0; i < SIZE; i++) {
      double number = stream.nextDouble() - 0.5;
      sum += last * number;
      last = number;
    }
    return 12 * sum / Math.sqrt(SIZE);
  }
}
