package io.github.batchq.evidence.statements;

import io.github.batchq.random.Empirical;
import java.util.Arrays;

/**
 * Finds the best bins over the atoms of a discrete law by trying all of them. The cost of a class
 * is its mass times the mean of the maximum of B of its lengths, so the costs of the classes add up
 * to E_k.
 */
public final class AtomBins {
  private final double[][] cost;

  private AtomBins(double[][] cost) {
    this.cost = cost;
  }

  /** Computes the costs of all intervals of the atoms of a law. */
  static AtomBins of(Empirical law, int batchSize) {
    double[] values = new double[law.atoms()];
    double[] masses = new double[law.atoms()];
    long before = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = law.atom(i);
      masses[i] = (double) (law.cumulativeCount(i) - before) / law.total();
      before = law.cumulativeCount(i);
    }
    return of(values, masses, batchSize);
  }

  /** Computes the costs of all intervals of atoms with the given increasing values and masses. */
  static AtomBins of(double[] values, double[] masses, int batchSize) {
    int size = values.length;
    double[][] cost = new double[size + 1][size + 1];
    double[] part = new double[size];
    for (int i = 0; i < size; i++) {
      Arrays.fill(part, 0);
      for (int j = i; j < size; j++) {
        part[j] = masses[j];
        cost[i][j + 1] = cost(values, part, batchSize);
      }
    }
    return new AtomBins(cost);
  }

  /** The cost of a class that holds the given part of the mass at each value. */
  static double cost(double[] values, double[] part, int batchSize) {
    int last = part.length - 1;
    while (last >= 0 && part[last] == 0) {
      last--;
    }
    double total = 0;
    for (int i = 0; i <= last; i++) {
      total += part[i];
    }
    if (total == 0) {
      return 0;
    }
    double below = 0;
    double maximum = values[last];
    for (int i = 0; i < last; i++) {
      below += part[i];
      if (below > 0) {
        maximum -= (values[i + 1] - values[i]) * Math.pow(below / total, batchSize);
      }
    }
    return total * maximum;
  }

  /** The cost of a bin of the atoms {@code from} to {@code to} - 1. */
  double cost(int from, int to) {
    return cost[from][to];
  }

  /** The least E_k of all divisions into at most k intervals, by trying every last boundary. */
  public double optimum(int bins) {
    double[] best = cost[0].clone();
    for (int k = 2; k <= bins; k++) {
      double[] before = best.clone();
      for (int end = 1; end < best.length; end++) {
        for (int start = 1; start < end; start++) {
          best[end] = Math.min(best[end], before[start] + cost[start][end]);
        }
      }
    }
    return best[best.length - 1];
  }

  /**
   * The largest w(i,j) + w(i',j') - w(i,j') - w(i',j) of neighbours i' = i+1, j' = j+1, where w is
   * the cost; it is not positive where the quadrangle inequality holds.
   */
  double quadrangleExcess() {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i + 1 < cost.length; i++) {
      for (int j = i + 1; j + 1 < cost.length; j++) {
        largest =
            Math.max(largest, cost[i][j] + cost[i + 1][j + 1] - cost[i][j + 1] - cost[i + 1][j]);
      }
    }
    return largest;
  }
}
