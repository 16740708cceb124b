package io.github.batchq.study;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import io.github.batchq.theory.BatchMaximum;
import io.github.batchq.theory.BoundaryRule;
import io.github.batchq.theory.BoundaryRules;
import io.github.batchq.theory.SortedGrouping;
import java.util.ArrayList;
import java.util.List;

/**
 * What windows, bins and budgets of growing size are worth on some lengths, beside what theory says
 * of independent lengths of their law.
 *
 * @param rows the groupings: sorted windows of 1, 2, 4, ... batches up to all, bins of each rule,
 *     budgets
 * @param limit the most that sorting can gain: all requests in one window (T14)
 */
public record GroupingStudy(List<Row> rows, Row limit) {
  /** Bins are tabulated that have so many full batches each on average. */
  private static final int BATCHES_OF_A_BIN = 10;

  private static final int MOST_BINS = 64;

  /** Theory of windows sums a beta function for so many pairs of a batch and an atom at most. */
  private static final long MOST_TERMS = 200_000;

  private static final int MOST_BATCHES = 64;

  private static final double ENOUGH = 0.9;

  /**
   * A grouping.
   *
   * @param grouping {@code window}, {@code bins equal-mass}, {@code bins optimal}, {@code budget}
   * @param size batches of a window, number of bins, or batches' worth of requests that are sorted
   *     before they fill budgets (0 for the order of arrival)
   * @param measured what it is worth in the order of the lengths
   * @param theory what it is worth on independent lengths of the law; NaN where no theory is known
   *     or where it would take long
   */
  public record Row(String grouping, int size, GroupingGain measured, double theory) {
    /** Whether this is a kind of grouping whose gain grows towards the limit. */
    public boolean hasLimit() {
      return !grouping.equals("budget");
    }
  }

  public GroupingStudy {
    rows = List.copyOf(rows);
  }

  /**
   * Tries all groupings.
   *
   * @param lengths in the order of arrival, as {@link Grouping} takes them
   * @param law law of the lengths, with a finite mean, by which bins are placed
   * @param batchSize requests of a batch, from 1 to the number of lengths
   * @param cost what a batch costs
   * @param budget padded tokens of a batch, at least the longest length
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static GroupingStudy of(
      double[] lengths, Law law, int batchSize, BatchCost cost, double budget) {
    Grouping grouping = new Grouping(lengths, batchSize, cost);
    double unsorted = BatchMaximum.expectedBatchLength(law, BinBoundaries.none(), batchSize);
    int all = (int) (((long) lengths.length + batchSize - 1) / batchSize);
    List<Row> rows = new ArrayList<>();
    for (long n = 1; n < all; n *= 2) {
      rows.add(
          new Row(
              "window",
              (int) n,
              grouping.windows((int) n),
              unsorted / windowLength(law, batchSize, (int) n)));
    }
    Row limit = new Row("window", all, grouping.windows(all), unsorted / law.mean());
    rows.add(limit);
    List<Integer> numbers = new ArrayList<>();
    for (int k = 2;
        k <= MOST_BINS && (long) k * batchSize * BATCHES_OF_A_BIN <= lengths.length;
        k *= 2) {
      numbers.add(k);
    }
    for (String name : numbers.isEmpty() ? List.<String>of() : List.of("equal-mass", "optimal")) {
      BoundaryRule rule = BoundaryRules.named(name);
      List<BinBoundaries> placed = rule.boundaries(law, numbers, batchSize);
      for (int i = 0; i < placed.size(); i++) {
        rows.add(
            new Row(
                "bins " + name,
                numbers.get(i),
                grouping.bins(placed.get(i)),
                unsorted / BatchMaximum.expectedBatchLength(law, placed.get(i), batchSize)));
      }
    }
    for (int window : new int[] {0, 4, 16}) {
      rows.add(new Row("budget", window, grouping.budget(budget, window), Double.NaN));
    }
    return new GroupingStudy(rows, limit);
  }

  private static double windowLength(Law law, int batchSize, int batches) {
    int atoms = law.observations() == null ? 0 : law.observations().atoms();
    return batches <= MOST_BATCHES && (long) batches * atoms <= MOST_TERMS
        ? new SortedGrouping(law, batchSize, batches).meanLongest()
        : Double.NaN;
  }

  /**
   * The smallest of each kind of grouping with a limit that gains 90 % of the most that sorting can
   * gain; kinds without such a one are left out. None where sorting gains nothing.
   */
  public List<Row> smallestThatAreEnough() {
    double most = limit.measured().gain().mean() - 1;
    List<Row> found = new ArrayList<>();
    for (Row row : rows) {
      if (most > 0
          && row.hasLimit()
          && row.measured().gain().mean() - 1 >= ENOUGH * most
          && found.stream().noneMatch(other -> other.grouping().equals(row.grouping()))) {
        found.add(row);
      }
    }
    return found;
  }
}
