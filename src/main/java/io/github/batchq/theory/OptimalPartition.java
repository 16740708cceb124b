package io.github.batchq.theory;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * The best division of the atoms of a discrete law into consecutive bins, for every number of bins
 * at once: the dynamic programme
 *
 * <pre>V_t(i) = minimum over j &gt; i of w(i,j) + V_{t-1}(j),   V_1(i) = w(i,n),</pre>
 *
 * over the costs of {@link BatchCosts}; V_t(i) is the least cost of the atoms from i on in at most
 * t bins. The costs satisfy the quadrangle inequality for every law (our T12), so the best j does
 * not fall when i rises, and halving the rows finds all of them with O(n log n) costs for each
 * number of bins, most of them one step of the recursion in j. 100,000 atoms in up to 32 bins take
 * about 3 s.
 */
final class OptimalPartition {
  private final BatchCosts costs;
  private double[] fewer;
  private double[] least;

  /** The programme for one bin. */
  private OptimalPartition(BatchCosts costs) {
    this.costs = costs;
    int atoms = costs.atoms();
    this.fewer = new double[atoms + 1];
    this.least = new double[atoms + 1];
    for (int i = 0; i < atoms; i++) {
      least[i] = costs.cost(i, atoms, costs.shortfall(i, atoms));
    }
  }

  /**
   * Goes from t-1 bins to t.
   *
   * @param best receives for each row where the second bin begins
   * @param last the last row that matters
   */
  private void addBin(int[] best, int last) {
    double[] swap = fewer;
    fewer = least;
    least = swap;
    solve(best, 0, last, 1, costs.atoms());
  }

  /**
   * The first atom of each bin but the first, for 1, 2, ..., {@code bins} bins: entry k-1 holds k-1
   * numbers. A bin that no atom is left for starts at the number of atoms.
   */
  static int[][] starts(AtomicLaw law, int bins, int batchSize) {
    BatchCosts costs = new BatchCosts(law, batchSize);
    int atoms = costs.atoms();
    int most = Math.min(bins, atoms);
    OptimalPartition programme = new OptimalPartition(costs);
    int[][] second = new int[most + 1][atoms];
    Arrays.fill(second[1], atoms);
    for (int t = 2; t <= most; t++) {
      // With all the bins that there are, only the division of all the atoms matters.
      programme.addBin(second[t], t == most ? 0 : atoms - 1);
    }
    int[][] starts = new int[bins][];
    for (int k = 1; k <= bins; k++) {
      starts[k - 1] = starts(second, k);
    }
    return starts;
  }

  /**
   * The least mean batch length E_k of k = 1, 2, ... bins, one for each call; it keeps no
   * boundaries, so memory does not grow with k.
   */
  static DoubleSupplier meanLengths(AtomicLaw law, int batchSize) {
    BatchCosts costs = new BatchCosts(law, batchSize);
    OptimalPartition programme = new OptimalPartition(costs);
    double[] masses = law.masses();
    double mass = masses[costs.atoms()] - masses[0];
    int[] scratch = new int[costs.atoms()];
    return new DoubleSupplier() {
      private int bins;

      @Override
      public double getAsDouble() {
        bins++;
        if (bins > 1 && bins <= scratch.length) {
          programme.addBin(scratch, scratch.length - 1);
        }
        return programme.least[0] / mass;
      }
    };
  }

  private static int[] starts(int[][] second, int bins) {
    int atoms = second[1].length;
    int[] starts = new int[bins - 1];
    Arrays.fill(starts, atoms);
    int atom = 0;
    int used = Math.min(bins, atoms);
    for (int i = 0; i < used - 1 && atom < atoms; i++) {
      atom = second[used - i][atom];
      starts[i] = atom;
    }
    return starts;
  }

  /** V_t and its first j for the rows from {@code low} to {@code high}, both included. */
  private void solve(int[] best, int low, int high, int from, int to) {
    if (low > high) {
      return;
    }
    int i = (low + high) >>> 1;
    int j = Math.max(i + 1, from);
    double shortfall = costs.shortfall(i, j);
    double value = costs.cost(i, j, shortfall) + fewer[j];
    best[i] = j;
    while (j < to) {
      shortfall = costs.next(i, j, shortfall);
      j++;
      double candidate = costs.cost(i, j, shortfall) + fewer[j];
      if (candidate < value) {
        value = candidate;
        best[i] = j;
      }
    }
    least[i] = value;
    solve(best, low, i - 1, from, best[i]);
    solve(best, i + 1, high, best[i], to);
  }
}
