package io.github.batchq.random;

import static io.github.batchq.random.Parameters.requireProbability;
import static io.github.batchq.random.Parameters.requireWindow;

import io.github.batchq.model.Require;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The law of observed values: each value (atom) has its share of the observations. The distribution
 * function comes from integer counts, so it is exact to the last rounding, and a quantile at a
 * share c/n is the atom itself. Equal when atoms and counts are equal, wherever they came from.
 *
 * <p>Sampled by inversion of one uniform number, with replacement, through a guide table. On the
 * 519 atoms of the Phi-3.5 lengths a draw took 12 ns, against 54 ns with SSJ's {@code
 * DiscreteDistribution}, which searches without a guide; 6 ns of each are the stream's.
 */
public final class Empirical implements Law {
  /** Beyond this number of observations a double no longer holds a count exactly. */
  private static final long MOST_OBSERVATIONS = 1L << 53;

  private final double[] atoms;
  private final long[] cumulative;
  private final String label;
  private final double mean;
  private final double variance;
  private final int hash;

  private Empirical(double[] atoms, long[] cumulative, String label) {
    this.atoms = atoms;
    this.cumulative = cumulative;
    this.label = label;
    double sum = 0;
    for (int i = 0; i < atoms.length; i++) {
      sum += atoms[i] * count(i);
    }
    this.mean = sum / total();
    double squares = 0;
    for (int i = 0; i < atoms.length; i++) {
      squares += (atoms[i] - mean) * (atoms[i] - mean) * count(i);
    }
    this.variance = squares / total();
    // Each point of a sweep looks up what is known of its law.
    this.hash = 31 * Arrays.hashCode(atoms) + Arrays.hashCode(cumulative);
  }

  /**
   * The law of the given observations.
   *
   * @param values finite, at least 0, in any order
   * @throws IllegalArgumentException if there is no value or a value is negative or not finite
   */
  public static Empirical of(double[] values) {
    double[] unsigned = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      Require.ARGUMENT.notNegativeFinite("values", values[i]);
      unsigned[i] = values[i] + 0.0;
    }
    double[] sorted = SortedValues.of(unsigned);
    double[] atoms = new double[sorted.length];
    long[] cumulative = new long[sorted.length];
    int size = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] > sorted[i - 1]) {
        atoms[size++] = sorted[i];
      }
      cumulative[size - 1] = i + 1L;
    }
    requireObservation(size);
    return new Empirical(
        Arrays.copyOf(atoms, size), Arrays.copyOf(cumulative, size), countLabel(sorted.length));
  }

  /**
   * The law of observations that come with their counts. Equal values are merged; a value with
   * count 0 is left out.
   *
   * @param values finite, at least 0, in any order
   * @param counts how often each value was observed, at least 0; their sum is positive and at most
   *     2^53
   * @throws IllegalArgumentException if the arrays differ in length or a number is out of range
   */
  public static Empirical of(double[] values, long[] counts) {
    return of(observed(values, counts), null);
  }

  /**
   * The law of observations that come with their counts, as {@link #of(double[], long[])}.
   *
   * @param label what the law is called, such as the file that they come from
   * @throws IllegalArgumentException if the arrays differ in length or a number is out of range
   */
  public static Empirical of(double[] values, long[] counts, String label) {
    return of(observed(values, counts), label);
  }

  private static Map<Double, Long> observed(double[] values, long[] counts) {
    if (values.length != counts.length) {
      throw new IllegalArgumentException(
          "counts must be as many as values, found "
              + counts.length
              + " counts and "
              + values.length
              + " values");
    }
    TreeMap<Double, Long> observed = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      Require.ARGUMENT.notNegativeFinite("values", values[i]);
      Require.ARGUMENT.atLeast("counts", counts[i], 0);
      observed.merge(values[i] + 0.0, counts[i], Empirical::add);
    }
    return observed;
  }

  /**
   * The law of a sorted map from values to counts, both already checked.
   *
   * @param label what the law is called; null for a label that counts the values
   */
  private static Empirical of(Map<Double, Long> observed, @Nullable String label) {
    int size = (int) observed.values().stream().filter(count -> count > 0).count();
    double[] atoms = new double[size];
    long[] cumulative = new long[size];
    long total = 0;
    int i = 0;
    for (Map.Entry<Double, Long> entry : observed.entrySet()) {
      if (entry.getValue() > 0) {
        total = add(total, entry.getValue());
        atoms[i] = entry.getKey();
        cumulative[i] = total;
        i++;
      }
    }
    requireObservation(total);
    return new Empirical(atoms, cumulative, label == null ? countLabel(total) : label);
  }

  private static void requireObservation(long total) {
    if (total == 0) {
      throw new IllegalArgumentException("counts must have a positive sum, found no observation");
    }
  }

  private static String countLabel(long total) {
    return "empirical(" + total + " values)";
  }

  private static long add(long total, long count) {
    if (count > MOST_OBSERVATIONS - total) {
      throw new IllegalArgumentException("counts must sum to at most 2^53, found more");
    }
    return total + count;
  }

  /** Number of distinct values. */
  public int atoms() {
    return atoms.length;
  }

  /**
   * The i-th smallest distinct value.
   *
   * @param i from 0 to {@code atoms()} - 1
   */
  public double atom(int i) {
    return atoms[i];
  }

  /** Number of observations that are at most atom i. */
  public long cumulativeCount(int i) {
    return cumulative[i];
  }

  /** Number of observations. */
  public long total() {
    return cumulative[cumulative.length - 1];
  }

  /**
   * The observations in [min, max] alone: this law conditioned on that window.
   *
   * @throws IllegalArgumentException unless 0 &le; min &le; max and an observation is in between
   */
  public Empirical between(double min, double max) {
    requireWindow(min, max);
    int from = atomsBelow(min);
    int to = atomsUpTo(max);
    if (from == to) {
      throw Truncated.noMass(this, min, max);
    }
    long before = from == 0 ? 0 : cumulative[from - 1];
    return new Empirical(
        Arrays.copyOfRange(atoms, from, to),
        Arrays.stream(cumulative, from, to).map(count -> count - before).toArray(),
        Truncated.label(this, min, max));
  }

  private long count(int i) {
    return i == 0 ? cumulative[0] : cumulative[i] - cumulative[i - 1];
  }

  private int atomsUpTo(double x) {
    int i = Arrays.binarySearch(atoms, x + 0.0);
    return i >= 0 ? i + 1 : -i - 1;
  }

  private int atomsBelow(double x) {
    int i = Arrays.binarySearch(atoms, x + 0.0);
    return i >= 0 ? i : -i - 1;
  }

  private long observationsIn(int firstAtoms) {
    return firstAtoms == 0 ? 0 : cumulative[firstAtoms - 1];
  }

  @Override
  public double cdf(double x) {
    return observationsIn(atomsUpTo(x)) / (double) total();
  }

  @Override
  public double survival(double x) {
    return (total() - observationsIn(atomsUpTo(x))) / (double) total();
  }

  @Override
  public double atLeast(double x) {
    return (total() - observationsIn(atomsBelow(x))) / (double) total();
  }

  /** Share of the observations that equal x. */
  @Override
  public double density(double x) {
    int i = Arrays.binarySearch(atoms, x + 0.0);
    return i >= 0 ? count(i) / (double) total() : 0;
  }

  @Override
  public double quantile(double p) {
    requireProbability(p);
    double total = total();
    int low = 0;
    int high = atoms.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] / total >= p) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return atoms[low];
  }

  @Override
  public double upperQuantile(double q) {
    requireProbability(q);
    double total = total();
    int low = 0;
    int high = atoms.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if ((total - cumulative[middle]) / total <= q) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return atoms[low];
  }

  @Override
  public double mean() {
    return mean;
  }

  /** Variance of the law: the mean squared deviation, divided by the number of observations. */
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

  @Override
  public double[] breakpoints() {
    return atoms.clone();
  }

  @Override
  public Empirical observations() {
    return this;
  }

  /**
   * The quantile through a guide table: cell g of G starts the search at the atom that g/G maps to.
   * G is a power of two, so that floor(u G) is exact.
   */
  @Override
  public DoubleUnaryOperator transform() {
    double total = total();
    int last = atoms.length - 1;
    int cells = Math.min(Integer.highestOneBit(Math.max(1, last)) * 4, 1 << 24);
    int[] guide = new int[cells];
    int first = 0;
    for (int cell = 0; cell < cells; cell++) {
      while (cumulative[first] <= total * cell / cells) {
        first++;
      }
      guide[cell] = first;
    }
    return u -> {
      int i = guide[(int) (u * cells)];
      double observation = u * total;
      while (i < last && cumulative[i] <= observation) {
        i++;
      }
      return atoms[i];
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Empirical that
        && Arrays.equals(atoms, that.atoms)
        && Arrays.equals(cumulative, that.cumulative);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return label;
  }
}
