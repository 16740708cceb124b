package io.github.batchq.theory;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Boundaries at which no small move lowers the mean batch length E_k, for a law with a density: the
 * first-order condition of our T32,
 *
 * <pre>B l_i - (B-1) M_B(l_{i-1},l_i) = B M_{B-1}(l_i,l_{i+1}) - (B-1) M_B(l_i,l_{i+1}),</pre>
 *
 * solved by Newton's method in the logarithms of the gaps between boundaries, which keeps them in
 * order. The Jacobian is tridiagonal and in closed form: with f the density, P the mass of [a,b),
 *
 * <pre>
 * dM_n/da = n f(a) / P (M_n - M_{n-1}),   dM_n/db = n f(b) / P (b - M_n),   M_0(a,b) = a.
 * </pre>
 */
final class StationaryBoundaries {
  private static final int MOST_STEPS = 20;
  private static final int MOST_HALVINGS = 8;

  /** After a step that changed all gaps by less than this share, the next would change nothing. */
  private static final double TOLERANCE = 1e-7;

  /** Largest change of the logarithm of a gap in one step. */
  private static final double LONGEST_STEP = 1;

  private final Law law;
  private final int batchSize;

  private StationaryBoundaries(Law law, int batchSize) {
    this.law = law;
    this.batchSize = batchSize;
  }

  /**
   * The solution that Newton's method reaches from the given boundaries; null if it reaches none.
   *
   * @param batchSize number of requests in a batch B, at least 2
   */
  static @Nullable BinBoundaries from(BinBoundaries start, Law law, int batchSize) {
    double[] inner = start.inner();
    double before = law.lower();
    for (double boundary : inner) {
      if (!(boundary > before && boundary < law.upper())) {
        return null;
      }
      before = boundary;
    }
    return new StationaryBoundaries(law, batchSize).solve(inner);
  }

  private @Nullable BinBoundaries solve(double[] start) {
    State state = new State(start);
    if (state.residual == Double.POSITIVE_INFINITY) {
      return null;
    }
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] change = state.newtonStep();
      double largest = Arrays.stream(change).map(Math::abs).max().orElse(0);
      if (!(largest < Double.POSITIVE_INFINITY)) {
        return null;
      }
      if (largest <= TOLERANCE) {
        return BinBoundaries.of(moved(state.inner, change, 1));
      }
      State next = null;
      double length = Math.min(1, LONGEST_STEP / largest);
      for (int halving = 0; halving < MOST_HALVINGS && next == null; halving++) {
        double[] moved = moved(state.inner, change, length);
        if (moved[moved.length - 1] < law.upper()) {
          State candidate = new State(moved);
          if (candidate.residual < state.residual) {
            next = candidate;
          }
        }
        length /= 2;
      }
      if (next == null) {
        return null;
      }
      state = next;
    }
    return null;
  }

  private double[] moved(double[] inner, double[] change, double length) {
    double[] moved = new double[inner.length];
    double before = law.lower();
    double sum = law.lower();
    for (int i = 0; i < inner.length; i++) {
      sum += (inner[i] - before) * Math.exp(length * change[i]);
      before = inner[i];
      moved[i] = sum;
    }
    return moved;
  }

  /** The condition and its Jacobian at some boundaries. */
  private final class State {
    private final double[] inner;
    private final double[] condition;
    private final double[] below;
    private final double[] diagonal;
    private final double[] above;

    /** Largest residual, each relative to B times the gap below; infinite if a bin has no mass. */
    private final double residual;

    State(double[] inner) {
      int size = inner.length;
      int n = batchSize;
      this.inner = inner;
      this.condition = new double[size];
      this.below = new double[size];
      this.diagonal = new double[size];
      this.above = new double[size];
      for (int bin = 0; bin <= size; bin++) {
        double a = bin == 0 ? law.lower() : inner[bin - 1];
        double b = bin == size ? law.upper() : inner[bin];
        double from = bin == 0 ? 0 : a;
        double to = bin == size ? Double.POSITIVE_INFINITY : b;
        double mass = new LawOnInterval(law, from, to).mass();
        if (!(mass > 0)) {
          this.residual = Double.POSITIVE_INFINITY;
          return;
        }
        double m = BatchMaximum.expectedMaximum(law, n, from, to);
        double fewer = BatchMaximum.expectedMaximum(law, n - 1, from, to);
        double slopeAtA = bin == 0 ? 0 : n * law.density(a) / mass * (m - fewer);
        if (bin > 0) {
          double least = n == 2 ? a : BatchMaximum.expectedMaximum(law, n - 2, from, to);
          double fewerSlopeAtA = (n - 1) * law.density(a) / mass * (fewer - least);
          condition[bin - 1] -= n * fewer - (n - 1) * m;
          diagonal[bin - 1] -= n * fewerSlopeAtA - (n - 1) * slopeAtA;
        }
        if (bin < size) {
          double slopeAtB = n * law.density(b) / mass * (b - m);
          condition[bin] += n * b - (n - 1) * m;
          diagonal[bin] += n - (n - 1) * slopeAtB;
          below[bin] -= (n - 1) * slopeAtA;
          if (bin > 0) {
            double fewerSlopeAtB = (n - 1) * law.density(b) / mass * (b - fewer);
            above[bin - 1] -= n * fewerSlopeAtB - (n - 1) * slopeAtB;
          }
        }
      }
      this.residual = largestResidual();
    }

    private double largestResidual() {
      double largest = 0;
      for (int i = 0; i < inner.length; i++) {
        double gap = inner[i] - (i == 0 ? law.lower() : inner[i - 1]);
        largest = Math.max(largest, Math.abs(condition[i]) / (batchSize * gap));
      }
      return Double.isNaN(largest) ? Double.POSITIVE_INFINITY : largest;
    }

    /** Newton's change of the logarithm of each gap: a tridiagonal system by elimination. */
    double[] newtonStep() {
      int size = inner.length;
      double[] pivot = diagonal.clone();
      double[] right = new double[size];
      right[0] = -condition[0];
      for (int i = 1; i < size; i++) {
        double factor = below[i] / pivot[i - 1];
        pivot[i] -= factor * above[i - 1];
        right[i] = -condition[i] - factor * right[i - 1];
      }
      double[] move = new double[size];
      for (int i = size - 1; i >= 0; i--) {
        double next = i + 1 < size ? above[i] * move[i + 1] : 0;
        move[i] = (right[i] - next) / pivot[i];
      }
      double[] change = new double[size];
      for (int i = 0; i < size; i++) {
        double gap = inner[i] - (i == 0 ? law.lower() : inner[i - 1]);
        change[i] = (move[i] - (i == 0 ? 0 : move[i - 1])) / gap;
      }
      return change;
    }
  }
}
