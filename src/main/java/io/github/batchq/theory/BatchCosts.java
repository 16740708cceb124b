package io.github.batchq.theory;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The cost w(i,j) of a bin that holds the atoms i to j-1 of a discrete law: its mass times the mean
 * maximum of B draws from it. With v the atoms and C_i the mass before atom i, of which only
 * differences count,
 *
 * <pre>
 * w(i,j) = (C_j - C_i) (v_{j-1} - r(i,j)),
 * r(i,j) = sum over m = i..j-2 of (v_{m+1} - v_m) ((C_{m+1} - C_i) / (C_j - C_i))^B,
 * </pre>
 *
 * where r is how far the mean maximum stays below the largest atom. For a fixed i it follows a
 * recursion in j that only adds and multiplies positive numbers, so it is stable:
 *
 * <pre>r(i,j+1) = (r(i,j) + v_j - v_{j-1}) ((C_j - C_i) / (C_{j+1} - C_i))^B.</pre>
 *
 * <p>To start it at any j without walking there from i, the sum is taken over blocks of atoms.
 * Within a block the power is smooth in C; it is replaced by its Chebyshev interpolant, so that a
 * block of thousands of atoms costs as much as {@value #NODES} of them. The blocks are the cells of
 * a binary tree over the atoms, and a block is used where the interpolant is exact to rounding. On
 * 100,000 atoms a start takes less than 1 microsecond for B from 2 to 1,024, with an error below
 * 1e-14 of the largest atom. Not thread-safe.
 */
final class BatchCosts {
  /** Atoms in the smallest block; a power of two. */
  private static final int SMALLEST_BLOCK = 32;

  private static final int NODES = 24;

  /** Atoms up to which few sums are not worth the making of blocks. */
  private static final int MOST_WITHOUT_BLOCKS = 4096;

  /** Relative error that an interpolant may have, and a rest of the sum that may be left out. */
  private static final double PRECISION = 5e-17;

  /** Draws before the window's end on average, up to which sums over their number are worth it. */
  private static final double MOST_EXPECTED = 64;

  /** Terms that are not worth adding. */
  private static final double TINY = 1e-200;

  /** Chebyshev points of the first kind on [-1,1], and their barycentric weights. */
  private static final double[] POINTS = new double[NODES];

  private static final double[] BARYCENTRIC = new double[NODES];

  static {
    for (int p = 0; p < NODES; p++) {
      double angle = Math.PI * (2 * p + 1) / (2 * NODES);
      POINTS[p] = Math.cos(angle);
      BARYCENTRIC[p] = (p % 2 == 0 ? 1 : -1) * Math.sin(angle);
    }
  }

  private final double[] values;
  private final double[] masses;
  private final int batchSize;
  private final double widest;
  private final double negligible;

  /** For each level of the tree the blocks; null where one has not been used yet. */
  private final @Nullable Block[][] blocks;

  private final int levels;

  /**
   * @param law the atoms
   * @param batchSize number of requests in a batch B, at least 1
   */
  BatchCosts(AtomicLaw law, int batchSize) {
    this(law, batchSize, true);
  }

  /** For few starts: they are not worth blocks where the atoms are few. */
  static BatchCosts forFewStarts(AtomicLaw law, int batchSize) {
    return new BatchCosts(law, batchSize, law.size() > MOST_WITHOUT_BLOCKS);
  }

  private BatchCosts(AtomicLaw law, int batchSize, boolean blocked) {
    this.values = law.values();
    this.masses = law.masses();
    this.batchSize = batchSize;
    this.widest = widestBlock(batchSize);
    this.negligible = Math.pow(PRECISION, 1.0 / batchSize);
    int gaps = values.length - 1;
    int level = 0;
    while (blocked && (long) SMALLEST_BLOCK << level <= gaps && isUseful(level)) {
      level++;
    }
    this.levels = level;
    this.blocks = new @Nullable Block[levels][];
    for (int l = 0; l < levels; l++) {
      blocks[l] = new @Nullable Block[gaps / (SMALLEST_BLOCK << l)];
    }
  }

  /** Number of atoms. */
  int atoms() {
    return values.length;
  }

  /** w(i,j), given r(i,j); 0 where j is i. */
  double cost(int i, int j, double shortfall) {
    return i == j ? 0 : (masses[j] - masses[i]) * (values[j - 1] - shortfall);
  }

  /** r(i,j+1), given r(i,j). */
  double next(int i, int j, double shortfall) {
    if (i == j) {
      return 0;
    }
    double share = (masses[j] - masses[i]) / (masses[j + 1] - masses[i]);
    return (shortfall + values[j] - values[j - 1]) * power(share, batchSize);
  }

  /** r(i,j) for i &le; j, from scratch. */
  double shortfall(int i, int j) {
    double before = masses[i];
    double mass = masses[j] - before;
    double least = before + negligible * mass;
    double sum = 0;
    int end = j - 1;
    while (end > i && masses[end] > least) {
      int level = widestLevel(i, end);
      if (level >= 0) {
        sum += block(level, end, before, mass);
        end -= SMALLEST_BLOCK << level;
      } else {
        int start = Math.max(i, (end - 1) & -SMALLEST_BLOCK);
        for (int m = start; m < end; m++) {
          double share = (masses[m + 1] - before) / mass;
          sum += (values[m + 1] - values[m]) * power(share, batchSize);
        }
        end = start;
      }
    }
    return sum;
  }

  /**
   * w(i,j) for i from {@code low} to {@code high} and j from {@code from} to {@code to}; infinite
   * where j is less than i.
   */
  double[][] table(int low, int high, int from, int to) {
    double[] starts = shortfalls(low, high, from);
    double[][] table = new double[high - low + 1][to - from + 1];
    for (int i = low; i <= high; i++) {
      double[] row = table[i - low];
      int j = Math.max(i, from);
      Arrays.fill(row, 0, j - from, Double.POSITIVE_INFINITY);
      double shortfall = starts[i - low];
      row[j - from] = cost(i, j, shortfall);
      while (j < to) {
        shortfall = next(i, j, shortfall);
        j++;
        row[j - from] = cost(i, j, shortfall);
      }
    }
    return table;
  }

  /**
   * r(i,max(i,j)) for every i from {@code low} to {@code high}. Of the B draws from the atoms i to
   * j-1 a binomial number falls before atom {@code high}, and the others are draws from the atoms
   * from there on, so few sums over these serve every i.
   */
  private double[] shortfalls(int low, int high, int j) {
    double[] result = new double[high - low + 1];
    double far = j > high ? masses[j] - masses[high] : 0;
    double expected = batchSize * (masses[high] - masses[low]);
    if (far <= 0 || low == high || expected > MOST_EXPECTED * (masses[j] - masses[low])) {
      for (int i = low; i < Math.min(high + 1, j); i++) {
        result[i - low] = shortfall(i, j);
      }
      return result;
    }
    expected /= masses[j] - masses[low];
    int fewest = (int) Math.max(0, batchSize - expected - 12 * Math.sqrt(expected) - 24);
    double[] sums = farSums(high, j, fewest);
    for (int i = low; i <= high; i++) {
      double mass = masses[j] - masses[i];
      double odds = (masses[high] - masses[i]) / far;
      double sum = 0;
      for (int m = i; m < high; m++) {
        sum += (values[m + 1] - values[m]) * power((masses[m + 1] - masses[i]) / mass, batchSize);
      }
      double probability = power(far / mass, batchSize);
      for (int draws = batchSize; draws >= fewest; draws--) {
        sum += probability * sums[draws - fewest];
        probability *= odds * draws / (batchSize - draws + 1);
      }
      result[i - low] = sum;
    }
    return result;
  }

  /**
   * How far the mean maximum of some draws from the atoms from {@code from} on is below the last.
   */
  private double[] farSums(int from, int to, int fewest) {
    double[] sums = new double[batchSize - fewest + 1];
    double mass = masses[to] - masses[from];
    for (int m = from; m < to - 1; m++) {
      double share = (masses[m + 1] - masses[from]) / mass;
      double term = (values[m + 1] - values[m]) * power(share, fewest);
      for (int p = 0; p < sums.length && term > TINY; p++) {
        sums[p] += term;
        term *= share;
      }
    }
    return sums;
  }

  /** The level of the largest block that ends before atom {@code end} and may be used; or -1. */
  private int widestLevel(int i, int end) {
    int level = -1;
    while (level + 1 < levels) {
      int size = SMALLEST_BLOCK << (level + 1);
      if ((end & (size - 1)) != 0
          || end - size < i
          || masses[end] - masses[end - size + 1] > widest * (masses[end] - masses[i])) {
        break;
      }
      level++;
    }
    return level;
  }

  private double block(int level, int end, double before, double mass) {
    int size = SMALLEST_BLOCK << level;
    int index = end / size - 1;
    Block block = blocks[level][index];
    if (block == null) {
      block = new Block(end - size, size);
      blocks[level][index] = block;
    }
    double sum = 0;
    for (int p = 0; p < NODES; p++) {
      sum += block.weights[p] * power((block.nodes[p] - before) / mass, batchSize);
    }
    return sum;
  }

  /** Whether a block of this level can ever be used. */
  private boolean isUseful(int level) {
    int size = SMALLEST_BLOCK << level;
    for (int end = size; end < values.length; end += size) {
      double high = masses[end];
      if (high - masses[end - size + 1] <= widest * (high - masses[0])) {
        return true;
      }
    }
    return false;
  }

  /**
   * The widest block, as a share of the distance from C_i to its end, whose interpolant is exact to
   * rounding: the error of N Chebyshev nodes on a width h is at most 2 (h/4)^N times the N-th
   * derivative over N!, here 2 (B choose N) (h/4)^N relative to the power's value at the block's
   * end.
   */
  private static double widestBlock(int batchSize) {
    if (batchSize < NODES) {
      return Double.POSITIVE_INFINITY;
    }
    double logChoose = 0;
    for (int q = 1; q <= NODES; q++) {
      logChoose += Math.log((double) (batchSize - NODES + q) / q);
    }
    return 4 * Math.exp((Math.log(PRECISION / 2) - logChoose) / NODES);
  }

  /** base^exponent by repeated squaring, several times faster than Math.pow. */
  private static double power(double base, int exponent) {
    double result = (exponent & 1) != 0 ? base : 1;
    double square = base;
    for (int rest = exponent >> 1; rest > 0; rest >>= 1) {
      square *= square;
      if ((rest & 1) != 0) {
        result *= square;
      }
    }
    return result;
  }

  /** The nodes C of a block, and its gaps spread over them by their Lagrange polynomials. */
  private final class Block {
    private final double[] nodes = new double[NODES];
    private final double[] weights = new double[NODES];

    Block(int start, int size) {
      double low = masses[start + 1];
      double high = masses[start + size];
      double middle = (low + high) / 2;
      double half = (high - low) / 2;
      for (int p = 0; p < NODES; p++) {
        nodes[p] = middle + half * POINTS[p];
      }
      double[] terms = new double[NODES];
      for (int m = start; m < start + size; m++) {
        double gap = values[m + 1] - values[m];
        double y = (masses[m + 1] - middle) / half;
        double sum = 0;
        int hit = -1;
        for (int p = 0; p < NODES && hit < 0; p++) {
          hit = y == POINTS[p] ? p : -1;
          terms[p] = BARYCENTRIC[p] / (y - POINTS[p]);
          sum += terms[p];
        }
        if (hit >= 0) {
          weights[hit] += gap;
        } else {
          for (int p = 0; p < NODES; p++) {
            weights[p] += gap / sum * terms[p];
          }
        }
      }
    }
  }
}
