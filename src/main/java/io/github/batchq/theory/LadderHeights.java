package io.github.batchq.theory;

/**
 * The random walk with steps A - B that the queue of a busy bulk server follows while at least B
 * requests wait: A arrivals, B departures.
 *
 * <p>{@code down[k]}, k = 1..B, is the probability that the walk's first new minimum lies k below
 * its start; the walk drifts down, so there is one. {@code up[d]} is the probability that a walk
 * which is watched only while it is not above the level d over its start is next seen at that
 * level. In generating functions
 *
 * <pre>1 - E z^(A-B) = (1 - sum of up[d] z^d) (1 - sum of down[k] z^-k),</pre>
 *
 * the Wiener-Hopf factorisation. It is found by solving for each factor in turn, sums of positive
 * terms only, from a {@code down} of sum 1 that is kept at sum 1, so that the number of rounds
 * stays bounded as the load approaches capacity.
 */
final class LadderHeights {
  private static final int MOST_ROUNDS = 200_000;

  /** A movement of {@code down}, in total, that rounding alone explains. */
  private static final double ROUNDING = 1e-15;

  private final double[] down;
  private final double[] up;
  private double moved = Double.POSITIVE_INFINITY;
  private int rounds;

  /**
   * @param arrivals probabilities of A = 0, 1, ...
   * @param batchSize B, above E[A]
   */
  LadderHeights(double[] arrivals, int batchSize) {
    down = new double[batchSize + 1];
    up = new double[Math.max(1, arrivals.length - batchSize)];
    for (int k = 1; k <= batchSize; k++) {
      down[k] = step(arrivals, batchSize, -k);
    }
    normalise(down);
    double[] next = new double[batchSize + 1];
    double best = Double.POSITIVE_INFINITY;
    int stalled = 0;
    while (moved > ROUNDING && stalled < 20 && rounds < MOST_ROUNDS) {
      round(arrivals, batchSize, next);
      moved = 0;
      for (int k = 1; k <= batchSize; k++) {
        moved += Math.abs(next[k] - down[k]);
        down[k] = next[k];
      }
      stalled = moved < 0.9 * best || moved > 1e-13 ? 0 : stalled + 1;
      best = Math.min(best, moved);
      rounds++;
    }
  }

  private void round(double[] arrivals, int batchSize, double[] next) {
    for (int d = up.length - 1; d >= 0; d--) {
      double sum = step(arrivals, batchSize, d);
      for (int k = 1; k <= batchSize && d + k < up.length; k++) {
        sum += up[d + k] * down[k];
      }
      up[d] = sum;
    }
    for (int k = 1; k <= batchSize; k++) {
      double sum = step(arrivals, batchSize, -k);
      for (int d = 1; d < up.length && k + d <= batchSize; d++) {
        sum += up[d] * down[k + d];
      }
      next[k] = sum;
    }
    normalise(next);
  }

  private static double step(double[] arrivals, int batchSize, int m) {
    int j = m + batchSize;
    return j < arrivals.length ? arrivals[j] : 0;
  }

  private static void normalise(double[] weights) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    for (int k = 0; k < weights.length; k++) {
      weights[k] /= sum;
    }
  }

  /** Probability that the first new minimum is k below the start; index 0 is 0. */
  double[] down() {
    return down;
  }

  /** Probability to be next seen at d above, when nothing higher is watched. */
  double[] up() {
    return up;
  }

  /** Total movement in the last round. */
  double moved() {
    return moved;
  }

  /** Number of rounds. */
  int rounds() {
    return rounds;
  }
}
