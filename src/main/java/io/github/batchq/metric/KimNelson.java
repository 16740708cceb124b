package io.github.batchq.metric;

import io.github.batchq.model.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Selects the system with the largest mean: procedure KN of S.-H. Kim and B. L. Nelson, "A fully
 * sequential procedure for indifference-zone selection in simulation", ACM Transactions on Modeling
 * and Computer Simulation 11(3), 2001, pages 251-273, with c = 1.
 *
 * <p>If the largest mean is above the second largest by at least the indifference, the selected
 * system is the best with at least the given probability, for normal observations whose
 * replications are independent. Systems may depend on each other within a replication (common
 * random numbers), since the k - 1 errors are added by Bonferroni. Where others come nearer to the
 * best, one of them may be selected instead.
 *
 * <p>All systems are observed in the replications of a first stage, n0. With alpha = 1 -
 * probability, eta = [(2 alpha / (k-1))^(-2/(n0-1)) - 1] / 2 and h² = 2 eta (n0-1), system i leaves
 * after replication r as soon as its mean is below another survivor's by more than W = max(0, delta
 * / (2 r) (h² S² / delta² - r)), where delta is the indifference and S² the first stage's variance
 * of the difference of the two. When r exceeds floor(h² S² / delta²) for all survivors, the one
 * with the largest mean is selected.
 *
 * @param probability least probability of a correct selection, in (1/2, 1)
 * @param indifference smallest difference of means worth detecting, positive and finite, in the
 *     unit of the observations
 * @param firstStage n0, number of replications before the first elimination, at least 2; from 10 on
 *     the procedure wastes little
 * @param mostReplications after which it gives up, at least {@code firstStage}
 */
public record KimNelson(
    double probability, double indifference, int firstStage, int mostReplications) {
  public KimNelson {
    if (!(probability > 0.5 && probability < 1)) {
      throw new IllegalArgumentException(
          "the probability of a correct selection must be between 0.5 and 1, found " + probability);
    }
    Require.ARGUMENT.positiveFinite("the indifference", indifference);
    if (firstStage < 2 || mostReplications < firstStage) {
      throw new IllegalArgumentException(
          "a selection needs 2 <= first stage <= most replications, found "
              + firstStage
              + " and "
              + mostReplications);
    }
  }

  /** Where observations come from. */
  public interface Source {
    /**
     * The observations of one replication. It is asked for the replications 0, 1, 2, ... in turn,
     * and may have computed them ahead and in parallel: a value depends on its system and its
     * replication alone.
     *
     * @param replication its number, from 0
     * @param systems those that are still in play, in increasing order
     * @return one number for each of {@code systems}, in their order
     * @throws InterruptedException if the thread is interrupted while it waits for a value
     */
    double[] observe(int replication, List<Integer> systems) throws InterruptedException;
  }

  /**
   * How a selection ended.
   *
   * @param survivors the systems that were never eliminated: the selected one, or several if {@code
   *     mostReplications} did not decide
   * @param replications for each system the number of replications that it was observed in: those
   *     after which it was eliminated, or all
   */
  public record Selection(List<Integer> survivors, List<Integer> replications) {
    /** Whether one system was selected. */
    public boolean decided() {
      return survivors.size() == 1;
    }
  }

  /**
   * Runs the procedure.
   *
   * @param systems number of systems, at least 2
   * @param source their observations, larger ones being better
   * @throws InterruptedException if the source is interrupted
   */
  public Selection select(int systems, Source source) throws InterruptedException {
    List<Integer> all = IntStream.range(0, systems).boxed().toList();
    double[][] first = new double[firstStage][];
    double[] sums = new double[systems];
    int[] replications = new int[systems];
    for (int r = 0; r < firstStage; r++) {
      first[r] = source.observe(r, all);
      add(first[r], all, sums, replications);
    }
    double[][] limits = limits(systems, first);
    List<Integer> survivors = screen(all, firstStage, sums, limits);
    int r = firstStage;
    while (survivors.size() > 1 && r <= last(survivors, limits) && r < mostReplications) {
      add(source.observe(r, survivors), survivors, sums, replications);
      r++;
      survivors = screen(survivors, r, sums, limits);
    }
    if (survivors.size() > 1 && r > last(survivors, limits)) {
      survivors = List.of(largest(survivors, sums));
    }
    return new Selection(survivors, all.stream().map(i -> replications[i]).toList());
  }

  private static void add(
      double[] values, List<Integer> systems, double[] sums, int[] replications) {
    for (int i = 0; i < values.length; i++) {
      sums[systems.get(i)] += values[i];
      replications[systems.get(i)]++;
    }
  }

  /** For each pair h² S² / delta², the number of replications at which W reaches 0. */
  private double[][] limits(int systems, double[][] first) {
    double error = 2 * (1 - probability) / (systems - 1);
    double eta = (Math.pow(error, -2.0 / (firstStage - 1)) - 1) / 2;
    double h2 = 2 * eta * (firstStage - 1);
    double[][] limits = new double[systems][systems];
    for (int i = 0; i < systems; i++) {
      for (int l = 0; l < i; l++) {
        limits[i][l] = h2 * (varianceOfDifference(first, i, l) / indifference / indifference);
        limits[l][i] = limits[i][l];
      }
    }
    return limits;
  }

  private static double varianceOfDifference(double[][] first, int i, int l) {
    double mean = 0;
    for (double[] values : first) {
      mean += (values[i] - values[l]) / first.length;
    }
    double squares = 0;
    for (double[] values : first) {
      double deviation = values[i] - values[l] - mean;
      squares += deviation * deviation;
    }
    return squares / (first.length - 1);
  }

  /** Those of the systems whose sums over r replications lie in reach of all others' sums. */
  private List<Integer> screen(List<Integer> systems, int r, double[] sums, double[][] limits) {
    List<Integer> survivors = new ArrayList<>();
    for (int i : systems) {
      boolean survives = true;
      for (int l : systems) {
        double room = Math.max(0, indifference / 2 * (limits[i][l] - r));
        survives &= l == i || sums[i] >= sums[l] - room;
      }
      if (survives) {
        survivors.add(i);
      }
    }
    return survivors;
  }

  /** Largest floor(h² S² / delta²) of two survivors. */
  private static double last(List<Integer> survivors, double[][] limits) {
    double last = 0;
    for (int i : survivors) {
      for (int l : survivors) {
        last = Math.max(last, Math.floor(limits[i][l]));
      }
    }
    return last;
  }

  private static int largest(List<Integer> survivors, double[] sums) {
    int best = survivors.get(0);
    for (int i : survivors) {
      best = sums[i] > sums[best] ? i : best;
    }
    return best;
  }
}
