package io.github.batchq.theory;

import io.github.batchq.random.Law;
import java.util.Arrays;

/**
 * Poisson arrivals while a batch of b requests is served: P(A = j) = E[exp(-rate S) (rate S)^j /
 * j!], and the first two moments of the batch time S.
 *
 * <p>The expectation over the longest length is that of {@link MaximumQuadrature}, whose step is
 * halved until the whole distribution of A moves by less than {@value #TOLERANCE} in total and the
 * moments of S by less than that share.
 */
final class BatchArrivals {
  /** Largest number of arrivals that is kept apart. */
  static final int MOST = 1 << 15;

  /** Probability beyond {@link #MOST} that is accepted, and added to the last number kept. */
  static final double NEGLIGIBLE = 1e-13;

  private static final double TOLERANCE = 1e-13;

  private static final int COARSEST = 3;
  private static final int FINEST = 10;

  /** A Poisson probability below this share of the largest is left out. */
  private static final double TINY = 1e-19;

  private final Law law;
  private final double rate;
  private final BatchTime time;
  private final int requests;
  private double[] sum = new double[64];
  private double[] poisson = new double[64];
  private double weights;
  private double first;
  private double second;
  private double beyond;
  private double change;

  /**
   * @param requests number of requests in the batch b, at least 1
   */
  BatchArrivals(Law law, double rate, BatchTime time, int requests) {
    this.law = law;
    this.rate = rate;
    this.time = time;
    this.requests = requests;
    integrate();
  }

  Law law() {
    return law;
  }

  int requests() {
    return requests;
  }

  double rate() {
    return rate;
  }

  /** Probabilities of 0, 1, ... arrivals, up to the last that matters; their sum is 1. */
  double[] probabilities() {
    return kept(sum, beyond);
  }

  /**
   * The entries up to the last that matters, scaled to sum 1 with what lies beyond them, which the
   * last one gets.
   */
  static double[] kept(double[] sum, double beyond) {
    double[] law = Arrays.copyOf(sum, last(sum) + 1);
    double total = beyond;
    for (double p : law) {
      total += p;
    }
    for (int j = 0; j < law.length; j++) {
      law[j] /= total;
    }
    law[law.length - 1] += beyond / total;
    return law;
  }

  /** E[S] in seconds. */
  double mean() {
    return first / weights;
  }

  /** E[S^2]. */
  double square() {
    return second / weights;
  }

  /** Probability of more arrivals than {@link #MOST}. */
  double beyond() {
    return beyond / weights;
  }

  /** What the last halving of the step changed: the error is far below. */
  double change() {
    return change;
  }

  /** The last index whose remaining sum still matters. */
  private static int last(double[] sum) {
    double rest = 0;
    int j = sum.length - 1;
    while (j > 0 && rest + sum[j] < 1e-18) {
      rest += sum[j];
      j--;
    }
    return j;
  }

  private void integrate() {
    if (!time.dependsOnLength()) {
      add(0, 1);
      return;
    }
    for (MaximumQuadrature.Part part : new MaximumQuadrature(law, requests).parts()) {
      if (part instanceof MaximumQuadrature.Piece piece) {
        piece(piece);
      } else if (part instanceof MaximumQuadrature.Atom atom) {
        add(atom.length(), atom.mass());
      }
    }
  }

  private void piece(MaximumQuadrature.Piece piece) {
    double[] before = sum;
    double[] moments = {weights, first, second, beyond};
    clear(before.length);
    double step = 1.0 / (1 << COARSEST);
    double moved = Double.POSITIVE_INFINITY;
    piece.nodes(0, step, this::add);
    for (int level = COARSEST; level < FINEST && moved > TOLERANCE; level++) {
      double[] coarse = sum.clone();
      double[] coarseMoments = {weights, first, second, beyond};
      piece.nodes(step / 2, step, this::add);
      // The sums now hold both sets of nodes, each with weight step: half of it is the finer rule.
      halve();
      step /= 2;
      moved = Math.abs(beyond - coarseMoments[3]);
      for (int j = 0; j < sum.length; j++) {
        moved += Math.abs(sum[j] - (j < coarse.length ? coarse[j] : 0));
      }
      moved = Math.max(moved, relative(first, coarseMoments[1]) * piece.mass());
      moved = Math.max(moved, relative(second, coarseMoments[2]) * piece.mass());
    }
    change = Math.max(change, moved);
    merge(before, moments);
  }

  private static double relative(double now, double before) {
    return now == before ? 0 : Math.abs(now - before) / Math.abs(now);
  }

  private void clear(int size) {
    sum = new double[size];
    weights = 0;
    first = 0;
    second = 0;
    beyond = 0;
  }

  private void halve() {
    for (int j = 0; j < sum.length; j++) {
      sum[j] /= 2;
    }
    weights /= 2;
    first /= 2;
    second /= 2;
    beyond /= 2;
  }

  private void merge(double[] before, double[] moments) {
    for (int j = 0; j < before.length; j++) {
      sum[j] += before[j];
    }
    weights += moments[0];
    first += moments[1];
    second += moments[2];
    beyond += moments[3];
  }

  /** Adds a longest length with its weight. */
  private void add(double longest, double weight) {
    double seconds = time.seconds(requests, longest);
    weights += weight;
    first += weight * seconds;
    second += weight * seconds * seconds;
    double mean = rate * seconds;
    if (mean > MOST) {
      beyond += weight;
      return;
    }
    // Outwards from the largest probability, then scaled to sum 1: no factorial, no lost digits.
    int mode = (int) mean;
    int reach = mode + 40 + (int) (12 * Math.sqrt(mean));
    if (poisson.length <= reach) {
      poisson = new double[2 * reach];
    }
    double total = 0;
    int least = mode;
    double term = 1;
    for (int j = mode; j >= 0 && term > TINY; j--) {
      poisson[j] = term;
      total += term;
      least = j;
      term *= j / mean;
    }
    int most = mode;
    term = mean / (mode + 1);
    for (int j = mode + 1; j <= reach && term > TINY; j++) {
      poisson[j] = term;
      total += term;
      most = j;
      term *= mean / (j + 1);
    }
    if (sum.length <= most) {
      sum = Arrays.copyOf(sum, Math.min(2 * most, MOST + 1));
    }
    for (int j = least; j <= most; j++) {
      double p = weight * (poisson[j] / total);
      if (j <= MOST) {
        sum[j] += p;
      } else {
        beyond += p;
      }
    }
  }
}
