package io.github.batchq.theory;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.function.DoubleConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The best division of the atoms of a discrete law into one number of bins, from coarse to fine
 * (our T12). Laws of merged atoms bound the cost of every division from below ({@link CoarseLaw}),
 * and any division bounds the least cost from above. Where a boundary would make the lower bound
 * larger than the upper one no optimal boundary is, so a finer law needs to look into the windows
 * that are left only, and the atoms themselves into a few hundred places for each boundary. A
 * million atoms in 32 bins take 0.2 s, a thousand in 4 bins 0.1 ms.
 */
final class NarrowedPartition {
  /** Cells for each bin that the coarsest law has at least. */
  private static final int CELLS = 6;

  /** Relative difference below which one bound is not held to be above another. */
  private static final double TOLERANCE = 1e-10;

  /** Relative difference of two costs that may be their rounding errors. */
  private static final double ROUNDING = 1e-12;

  /** Atoms up to which divisions that tie are left to the programme over all atoms. */
  private static final int FEW_ATOMS = 20_000;

  private NarrowedPartition() {}

  /**
   * The first atom of each bin but the first, in an optimal division into k bins; null where {@link
   * OptimalPartition} has to find it: atoms are too few for this to be faster, or another division
   * costs as much but for rounding, and that programme chooses one of the two. Among more than
   * {@value #FEW_ATOMS} atoms some division always does, and this chooses.
   *
   * @param progress is told the share of the work that is done
   */
  static int @Nullable [] starts(AtomicLaw law, int bins, int batchSize, DoubleConsumer progress) {
    Deque<CoarseLaw> laws = new ArrayDeque<>();
    CoarseLaw coarsest = CoarseLaw.of(law);
    while (coarsest.cells().size() >= 2 * CELLS * bins) {
      coarsest = coarsest.coarser();
      laws.push(coarsest);
    }
    if (bins == 1 || laws.isEmpty() || batchSize == 1) {
      return null;
    }
    BatchCosts costs = BatchCosts.forFewStarts(law, batchSize);
    int[] low = IntStream.rangeClosed(0, bins).toArray();
    int[] high = IntStream.rangeClosed(0, bins).map(t -> law.size() - bins + t).toArray();
    low[bins] = law.size();
    high[0] = 0;
    int all = laws.size() + 1;
    while (!laws.isEmpty()) {
      narrow(laws.pop(), costs, batchSize, low, high);
      progress.accept((all - 1.0 - laws.size()) / all);
    }
    double[][] noSlack = new double[bins + 1][];
    Arrays.setAll(noSlack, t -> new double[high[t] - low[t] + 1]);
    WindowedPartition programme =
        new WindowedPartition(
            costs,
            noSlack,
            low,
            high,
            solved -> progress.accept((all - 1 + (double) solved / bins) / all));
    if (law.size() <= FEW_ATOMS && !programme.isUnique(ROUNDING * programme.least())) {
      return null;
    }
    return Arrays.copyOfRange(programme.boundaries(), 1, bins);
  }

  /** Narrows the windows of atoms by a coarser law. */
  private static void narrow(
      CoarseLaw coarse, BatchCosts costs, int batchSize, int[] low, int[] high) {
    int bins = low.length - 1;
    int[] first = Arrays.stream(low).map(coarse::cellBefore).toArray();
    int[] last = Arrays.stream(high).map(coarse::cellAfter).toArray();
    WindowedPartition programme =
        new WindowedPartition(
            BatchCosts.forFewStarts(coarse.cells(), batchSize),
            slack(coarse, batchSize, first, last),
            first,
            last,
            t -> {});
    int[] division = programme.boundaries();
    double bound = 0;
    for (int t = 0; t < bins; t++) {
      int i = coarse.start(division[t]);
      int j = coarse.start(division[t + 1]);
      bound += costs.cost(i, j, costs.shortfall(i, j));
    }
    int[][] within = programme.within(bound * (1 + TOLERANCE));
    for (int t = 1; t < bins; t++) {
      int reached = within[0][t] == 0 ? 0 : coarse.start(within[0][t] - 1) + 1;
      low[t] = Math.max(Math.max(low[t], low[t - 1]), reached);
    }
    for (int t = bins - 1; t > 0; t--) {
      int reached =
          within[1][t] == coarse.cells().size()
              ? costs.atoms()
              : coarse.start(within[1][t] + 1) - 1;
      high[t] = Math.min(Math.min(high[t], high[t + 1]), reached);
    }
  }

  /** For each boundary but the first and the last the slack of the positions of its window. */
  private static double[][] slack(CoarseLaw coarse, int batchSize, int[] first, int[] last) {
    double[][] slack = new double[first.length][1];
    for (int t = 1; t < first.length - 1; t++) {
      slack[t] =
          IntStream.rangeClosed(first[t], last[t])
              .mapToDouble(position -> coarse.slackAround(position, batchSize))
              .toArray();
    }
    return slack;
  }
}
