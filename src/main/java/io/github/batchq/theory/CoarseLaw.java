package io.github.batchq.theory;

import java.util.Arrays;

/**
 * A discrete law whose atoms are merged, a cell of neighbours into one atom at their mean, so that
 * the best division of the cells bounds the best division of the atoms from below (our T12): for
 * every division of the atoms there is one of the cells, each boundary at an end of the cell that
 * it was in, whose cost minus the slack of each of its boundaries is not larger.
 *
 * <p>The cells have about equal shares of the integral of the square root of the density, so that
 * bins which are near the optimum hold about as many cells each (our T6).
 */
final class CoarseLaw {
  /** Half the weight of the first cells in mean weights of an atom: two or three atoms make one. */
  private static final double FIRST = 1.5;

  private final AtomicLaw law;
  private final AtomicLaw cells;

  /** The first atom of each cell, and the number of atoms. */
  private final int[] starts;

  /** The weight of each cell: its share of the integral, but for a factor. */
  private final double[] weights;

  /** Weight that a cell has at most, unless it is a single atom. */
  private final double most;

  /** The slack of each cell; not a number where nobody has asked for it. */
  private final double[] slack;

  private CoarseLaw(AtomicLaw law, AtomicLaw cells, int[] starts, double[] weights, double most) {
    this.law = law;
    this.cells = cells;
    this.starts = starts;
    this.weights = weights;
    this.most = most;
    this.slack = new double[cells.size()];
    Arrays.fill(slack, Double.NaN);
  }

  /** A cell for each atom. */
  static CoarseLaw of(AtomicLaw law) {
    double[] values = law.values();
    double[] masses = law.masses();
    int[] starts = new int[values.length + 1];
    double[] weights = new double[values.length];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      starts[i] = i;
      double gap = i == 0 ? 0 : values[i] - values[i - 1];
      weights[i] = Math.sqrt((masses[i + 1] - masses[i]) * gap);
      sum += weights[i];
    }
    starts[values.length] = values.length;
    return new CoarseLaw(law, law, starts, weights, FIRST * sum / values.length);
  }

  /** Cells of twice the weight, about half as many. */
  CoarseLaw coarser() {
    int count = cells.size();
    double[] values = cells.values();
    double[] masses = cells.masses();
    int[] merged = new int[count + 1];
    double[] means = new double[count];
    double[] before = new double[count + 1];
    double[] sums = new double[count];
    before[0] = masses[0];
    int size = 0;
    for (int c = 0; c < count; ) {
      int first = c;
      double weight = 0;
      double moment = 0;
      do {
        weight += weights[c];
        moment += (values[c] - values[first]) * (masses[c + 1] - masses[c]);
        c++;
      } while (c < count && weight + weights[c] <= 2 * most);
      merged[size] = starts[first];
      means[size] = values[first] + moment / (masses[c] - masses[first]);
      sums[size] = weight;
      size++;
      before[size] = masses[c];
    }
    merged[size] = law.size();
    return new CoarseLaw(
        law,
        new AtomicLaw(Arrays.copyOf(means, size), Arrays.copyOf(before, size + 1)),
        Arrays.copyOf(merged, size + 1),
        Arrays.copyOf(sums, size),
        2 * most);
  }

  /** The law of the cells. */
  AtomicLaw cells() {
    return cells;
  }

  /** The first atom of a cell; the number of atoms after the last cell. */
  int start(int cell) {
    return starts[cell];
  }

  /** The last cell that begins at an atom or before it. */
  int cellBefore(int atom) {
    int found = Arrays.binarySearch(starts, atom);
    return found >= 0 ? found : -found - 2;
  }

  /** The first cell that begins at an atom or after it. */
  int cellAfter(int atom) {
    int found = Arrays.binarySearch(starts, atom);
    return found >= 0 ? found : -found - 1;
  }

  /**
   * What a boundary within one of the two cells beside a position may save against this position: B
   * times half the mean absolute deviation of the cell's atoms, times its mass.
   *
   * @param position a cell, or the number of cells
   */
  double slackAround(int position, int batchSize) {
    double before = position == 0 ? 0 : slack(position - 1, batchSize);
    double after = position == cells.size() ? 0 : slack(position, batchSize);
    return Math.max(before, after);
  }

  private double slack(int cell, int batchSize) {
    if (Double.isNaN(slack[cell])) {
      double[] values = law.values();
      double[] before = law.masses();
      double mean = cells.values()[cell];
      int from = starts[cell];
      int to = starts[cell + 1];
      double below = 0;
      for (int i = from; i < to && values[i] < mean; i++) {
        below += (mean - values[i]) * (before[i + 1] - before[i]);
      }
      double all = before[law.size()] - before[0];
      slack[cell] = below * Math.min(batchSize, all / (before[to] - before[from]));
    }
    return slack[cell];
  }
}
