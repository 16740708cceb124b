package io.github.batchq.random;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * The empirical law of a data set: each observation has the same probability, and equal
 * observations make one atom. All probabilities are quotients of integer counts. Equal when atoms
 * and counts are equal.
 *
 * <p>Sampled by inversion, one uniform for each draw, with a guide table (Chen and Asau 1974):
 * entry j holds the quantile of j / m, from where a draw in [j / m, (j + 1) / m) takes fewer than
 * two steps on average, whatever the number of atoms.
 */
public final class Empirical implements Law {
  private final double[] atoms;
  private final long[] cumulative;
  private final double[] cdf;
  private final int[] guide;
  private final double mean;
  private final double variance;
  private final String text;

  private Empirical(SortedMap<Double, Long> counts, @Nullable String text) {
    int size = counts.size();
    atoms = new double[size];
    cumulative = new long[size];
    cdf = new double[size];
    long sum = 0;
    int next = 0;
    for (Map.Entry<Double, Long> entry : counts.entrySet()) {
      sum = Math.addExact(sum, entry.getValue());
      atoms[next] = entry.getKey();
      cumulative[next++] = sum;
    }
    double first = 0;
    for (int i = 0; i < size; i++) {
      cdf[i] = cumulative[i] / (double) sum;
      first += atoms[i] * count(i);
    }
    mean = first / sum;
    double second = 0;
    for (int i = 0; i < size; i++) {
      second += (atoms[i] - mean) * (atoms[i] - mean) * count(i);
    }
    variance = second / sum;
    guide = guideTo(cdf);
    this.text = text != null ? text : "empirical(" + sum + " values)";
  }

  /**
   * The law of values that were each observed once.
   *
   * @param values finite values, at least 0, in any order; at least one
   * @throws IllegalArgumentException if there is no value, or one is negative or not finite
   */
  public static Empirical of(double[] values) {
    long[] counts = new long[values.length];
    Arrays.fill(counts, 1);
    return of(values, counts);
  }

  /**
   * The law of values that were observed several times. A value may occur more than once; a value
   * with count 0 is no atom.
   *
   * @param values finite values, at least 0, in any order
   * @param counts number of observations of each value, at least 0; one of them positive
   * @throws IllegalArgumentException if the lengths differ, a value is negative or not finite, a
   *     count is negative, or no count is positive
   */
  public static Empirical of(double[] values, long[] counts) {
    if (values.length != counts.length) {
      throw new IllegalArgumentException(
          "counts must be as many as values, found "
              + counts.length
              + " counts and "
              + values.length
              + " values");
    }
    SortedMap<Double, Long> merged = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      add(merged, values[i], counts[i]);
    }
    return of(merged, null);
  }

  /** The law of merged counts that {@link #add} has gathered. */
  static Empirical of(SortedMap<Double, Long> counts, @Nullable String text) {
    if (counts.isEmpty()) {
      throw new IllegalArgumentException("values must have a positive total count, found none");
    }
    return new Empirical(counts, text);
  }

  /**
   * Counts observations of a value.
   *
   * @throws IllegalArgumentException if the value is negative or not finite, or the count negative
   */
  static void add(SortedMap<Double, Long> counts, double value, long count) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("a value must be finite and at least 0, found " + value);
    }
    if (count < 0) {
      throw new IllegalArgumentException("a count must be at least 0, found " + count);
    }
    if (count > 0) {
      // Adding 0.0 makes a negative zero positive.
      counts.merge(value + 0.0, count, Math::addExact);
    }
  }

  /** Number of atoms. */
  public int atoms() {
    return atoms.length;
  }

  /** Atom {@code i}, 0 to atoms - 1, in increasing order. */
  public double atom(int i) {
    return atoms[i];
  }

  /** Number of observations that are at most atom {@code i}. */
  public long cumulativeCount(int i) {
    return cumulative[i];
  }

  /** Number of observations. */
  public long total() {
    return cumulative[cumulative.length - 1];
  }

  @Override
  public double cdf(double x) {
    return countBelow(atomsUpTo(x)) / (double) total();
  }

  @Override
  public double survival(double x) {
    return (total() - countBelow(atomsUpTo(x))) / (double) total();
  }

  @Override
  public double atLeast(double x) {
    return (total() - countBelow(atomsBefore(x))) / (double) total();
  }

  @Override
  public double density(double x) {
    int at = Arrays.binarySearch(atoms, x + 0.0);
    return at < 0 ? 0 : count(at) / (double) total();
  }

  @Override
  public double quantile(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("p must be in [0,1], found " + p);
    }
    return atoms[indexOf(p)];
  }

  @Override
  public double mean() {
    return mean;
  }

  @Override
  public double variance() {
    return variance;
  }

  @Override
  public double lower() {
    return atoms[0];
  }

  @Override
  public double upper() {
    return atoms[atoms.length - 1];
  }

  /** The atoms. */
  @Override
  public double[] breakpoints() {
    return atoms.clone();
  }

  @Override
  public DoubleSupplier sampler(RandomStream stream) {
    return () -> atoms[indexOf(stream.nextDouble())];
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Empirical that
        && Arrays.equals(atoms, that.atoms)
        && Arrays.equals(cumulative, that.cumulative);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(atoms) + Arrays.hashCode(cumulative);
  }

  /** The call of the file that it was read from, or the number of observations. */
  @Override
  public String toString() {
    return text;
  }

  /** The first atom whose cumulative probability is at least p. */
  private int indexOf(double p) {
    int i = guide[(int) (p * (guide.length - 1))];
    while (cdf[i] < p) {
      i++;
    }
    return i;
  }

  /** Number of atoms that are at most x. */
  private int atomsUpTo(double x) {
    int at = Arrays.binarySearch(atoms, x + 0.0);
    return at >= 0 ? at + 1 : -at - 1;
  }

  /** Number of atoms that are less than x. */
  private int atomsBefore(double x) {
    int at = Arrays.binarySearch(atoms, x + 0.0);
    return at >= 0 ? at : -at - 1;
  }

  /** Number of observations of atom i. */
  private long count(int i) {
    return cumulative[i] - countBelow(i);
  }

  /** Number of observations of the first atoms. */
  private long countBelow(int numberOfAtoms) {
    return numberOfAtoms == 0 ? 0 : cumulative[numberOfAtoms - 1];
  }

  /**
   * The guide table with a power of two of cells, at least as many as atoms: multiplying a p by a
   * power of two is exact, so a cell never starts beyond its quantile.
   */
  private static int[] guideTo(double[] cdf) {
    int cells = Integer.highestOneBit(Math.max(1, Math.min(cdf.length, 1 << 29) * 2 - 1));
    int[] guide = new int[cells + 1];
    int i = 0;
    for (int j = 0; j <= cells; j++) {
      while (cdf[i] < j / (double) cells) {
        i++;
      }
      guide[j] = i;
    }
    return guide;
  }
}
