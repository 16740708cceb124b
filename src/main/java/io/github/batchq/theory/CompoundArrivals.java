package io.github.batchq.theory;

import java.util.Arrays;

/**
 * The requests that arrive in the time of a batch when they come in groups: with K groups,
 *
 * <pre>P(A = j) = sum over n of P(K = n) P(X_1 + ... + X_n = j),</pre>
 *
 * for batches of several sizes at once, since they share the laws of the sums. Every term is
 * positive. Of the law of each sum either end is left out that has less than 1e-22.
 */
final class CompoundArrivals {
  private static final double TINY = 1e-22;

  private final double[][] sums;
  private final double[] beyond;

  /**
   * @param groups P(K = 0), P(K = 1), ... by the size of the batch; null where there is none
   * @param sizes P(X = 0) = 0, P(X = 1), ...
   */
  CompoundArrivals(double[][] groups, double[] sizes) {
    sums = new double[groups.length][];
    beyond = new double[groups.length];
    int most = 0;
    for (int b = 0; b < groups.length; b++) {
      if (groups[b] != null) {
        sums[b] = new double[64];
        most = Math.max(most, groups[b].length - 1);
      }
    }
    int least = 0;
    double[] law = {1};
    double over = 0;
    for (int n = 0; n <= most; n++) {
      for (int b = 0; b < groups.length; b++) {
        if (sums[b] != null && n < groups[b].length) {
          add(b, groups[b][n], least, law);
          beyond[b] += groups[b][n] * over;
        }
      }
      law = withOneMore(law, sizes);
      int from = 0;
      for (double rest = 0; from < law.length && rest + law[from] < TINY; from++) {
        rest += law[from];
      }
      int to = law.length;
      for (double rest = 0; to > from && rest + law[to - 1] < TINY; to--) {
        rest += law[to - 1];
      }
      least++;
      // Sums that are too large stay so.
      for (; to > from && least + to - 1 > BatchArrivals.MOST; to--) {
        over += law[to - 1];
      }
      law = Arrays.copyOfRange(law, from, to);
      least += from;
    }
  }

  /** The law with one more group, from its least value plus 1 on. */
  private static double[] withOneMore(double[] law, double[] sizes) {
    double[] next = new double[law.length == 0 ? 0 : law.length + sizes.length - 2];
    for (int i = 1; i < sizes.length; i++) {
      if (sizes[i] > 0) {
        for (int j = 0; j < law.length; j++) {
          next[i - 1 + j] += sizes[i] * law[j];
        }
      }
    }
    return next;
  }

  private void add(int b, double share, int least, double[] law) {
    int end = least + law.length;
    if (sums[b].length < end) {
      sums[b] = Arrays.copyOf(sums[b], 2 * end);
    }
    for (int j = 0; j < law.length; j++) {
      sums[b][least + j] += share * law[j];
    }
  }

  /** Probabilities of 0, 1, ... requests in the time of a batch of b, as for single arrivals. */
  double[] probabilities(int b) {
    return BatchArrivals.kept(sums[b], beyond[b]);
  }

  /** Probability of more arrivals in the time of a batch of b than {@link BatchArrivals#MOST}. */
  double beyond(int b) {
    return beyond[b];
  }
}
