package io.github.batchq.evidence.statements;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import io.github.batchq.random.Mixture;
import io.github.batchq.random.RandomStreams;
import io.github.batchq.random.StreamName;
import io.github.batchq.random.Uniform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import umontreal.ssj.rng.RandomStream;

/** Draws random cases for the searches of one check, the same ones every time. */
final class RandomCases {
  private final RandomStream stream =
      new RandomStreams(Checks.SEED, 1).stream(0, StreamName.SERVICE);

  /** A number uniform on (from, to). */
  double number(double from, double to) {
    return from + (to - from) * stream.nextDouble();
  }

  /** A whole number uniform on from, ..., to. */
  int integer(int from, int to) {
    return stream.nextInt(from, to);
  }

  /** One of the given numbers. */
  int oneOf(int... numbers) {
    return numbers[integer(0, numbers.length - 1)];
  }

  /** Positive numbers of very different sizes. */
  double[] weights(int size) {
    double[] weights = new double[size];
    Arrays.setAll(weights, i -> Math.exp(number(-3, 3)));
    return weights;
  }

  /** Increasing numbers in an interval. */
  double[] increasing(int size, double from, double to) {
    double[] numbers = new double[size];
    Arrays.setAll(numbers, i -> number(from, to));
    Arrays.sort(numbers);
    return numbers;
  }

  /** Bins with random boundaries in an interval. */
  BinBoundaries bins(int bins, double from, double to) {
    return BinBoundaries.of(increasing(bins - 1, from, to));
  }

  /** A law with {@code size} values in [from, to] and random probabilities. */
  Empirical atoms(int size, double from, double to) {
    long[] counts = new long[size];
    Arrays.setAll(counts, i -> (long) Math.exp(number(0, 8)));
    return Empirical.of(increasing(size, from, to), counts);
  }

  /** A law whose density is constant between random points of [from, to]. */
  StepDensity stepDensity(int steps, double from, double to) {
    double[] ends = increasing(steps - 1, from, to);
    double[] weights = weights(steps);
    double total = Arrays.stream(weights).sum();
    List<Double> shares = new ArrayList<>();
    List<Law> laws = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (int i = 0; i < steps; i++) {
      double lower = i == 0 ? from : ends[i - 1];
      double upper = i == steps - 1 ? to : ends[i];
      double density = weights[i] / total / (upper - lower);
      least = Math.min(least, density);
      most = Math.max(most, density);
      shares.add(weights[i] / total);
      laws.add(new Uniform(lower, upper));
    }
    return new StepDensity(new Mixture(shares, laws), least, most);
  }

  /** A law with the least and the largest value of its density. */
  record StepDensity(Law law, double least, double most) {}

  /**
   * A random confusion of bins: half of the time every bin may be predicted for every other, else
   * each true bin has one predicted bin. Bins from {@code columns} on receive no requests.
   */
  ConfusionMatrix confusion(int bins, int columns) {
    double[][] rows = new double[bins][bins];
    boolean deterministic = stream.nextDouble() < 0.5;
    for (double[] row : rows) {
      if (deterministic) {
        row[integer(0, columns - 1)] = 1;
      } else {
        System.arraycopy(weights(columns), 0, row, 0, columns);
      }
    }
    return ConfusionMatrix.of(rows);
  }

  /** A random confusion that is never off by more than {@code reach} bins. */
  ConfusionMatrix banded(int bins, int reach) {
    double[][] rows = new double[bins][bins];
    for (int i = 0; i < bins; i++) {
      for (int j = Math.max(0, i - reach); j <= Math.min(bins - 1, i + reach); j++) {
        rows[i][j] = Math.exp(number(-3, 3));
      }
    }
    return ConfusionMatrix.of(rows);
  }
}
