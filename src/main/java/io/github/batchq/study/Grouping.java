package io.github.batchq.study;

import io.github.batchq.metric.Estimate;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Require;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Groups known lengths into batches in several ways, and says what each way is worth on one busy
 * server: how many times the requests per second of the order of arrival.
 *
 * <p>Each request bears its part of the cost of its batch. A last batch that stays incomplete costs
 * its share of a full one, as if the stream went on. Intervals are those of batch means: the stream
 * is cut into {@value #SECTIONS} sections of neighbouring requests, and the ratio of the sums of
 * two costs is taken as linear in the sections' sums. Correlation of lengths within a section is
 * allowed for; boundaries of bins are taken as given. A stream of fewer than {@value #SECTIONS}
 * times two batches has no intervals.
 */
public final class Grouping {
  private static final int SECTIONS = 20;

  private final double[] lengths;
  private final int batchSize;
  private final BatchCost cost;
  private final double sum;
  private final int[] byLength;
  private final int[] ranks;
  private final Tally arrivalOrder;

  /**
   * @param lengths in the order of arrival, finite and at least 0, not all 0; not copied
   * @param batchSize requests of a batch, from 1 to the number of lengths
   * @param cost what a batch costs
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Grouping(double[] lengths, int batchSize, BatchCost cost) {
    Require.ARGUMENT.between("batchSize", batchSize, 1, lengths.length);
    for (double length : lengths) {
      Require.ARGUMENT.notNegativeFinite("a length", length);
    }
    this.lengths = lengths;
    this.batchSize = batchSize;
    this.cost = cost;
    sum = Arrays.stream(lengths).sum();
    Require.ARGUMENT.positiveFinite("the sum of the lengths", sum);
    byLength =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> lengths[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    ranks = new int[lengths.length];
    for (int rank = 0; rank < ranks.length; rank++) {
      ranks[byLength[rank]] = rank;
    }
    arrivalOrder = cut(IntStream.range(0, lengths.length).toArray());
  }

  /** The order of arrival, cut into batches. */
  public GroupingGain arrivalOrder() {
    return gain(arrivalOrder);
  }

  /**
   * Windows of some batches, each sorted from its longest request down and cut into batches. One
   * batch is the order of arrival; a window of all requests is the most that sorting can gain.
   *
   * @param batches of a window, at least 1
   * @throws IllegalArgumentException if the number is less than 1
   */
  public GroupingGain windows(int batches) {
    Require.ARGUMENT.atLeast("batches", batches, 1);
    return gain(cut(sortedWindows((long) batches * batchSize)));
  }

  /** Bins, of which each makes batches of its own in the order of arrival. */
  public GroupingGain bins(BinBoundaries boundaries) {
    Tally tally = new Tally();
    Batch[] open = new Batch[boundaries.bins()];
    Arrays.setAll(open, bin -> new Batch(batchSize));
    for (int i = 0; i < lengths.length; i++) {
      Batch batch = open[boundaries.binOf(lengths[i])];
      batch.add(i);
      if (batch.size == batchSize) {
        tally.close(batch, batchSize);
      }
    }
    for (Batch batch : open) {
      tally.close(batch, batchSize);
    }
    return gain(tally);
  }

  /**
   * Batches of any size that close before their size times their longest request exceeds a budget.
   *
   * @param budget padded tokens of a batch, at least the longest length
   * @param window batches' worth of requests that are sorted first, from the longest down, and that
   *     no batch reaches beyond; 0 for the order of arrival
   * @throws IllegalArgumentException if a number is out of its range
   */
  public GroupingGain budget(double budget, int window) {
    Require.ARGUMENT.atLeast("window", window, 0);
    if (!(budget >= lengths[byLength[0]])) {
      throw new IllegalArgumentException(
          "a budget must be at least the longest length, "
              + lengths[byLength[0]]
              + ", found "
              + budget);
    }
    long span = window == 0 ? Long.MAX_VALUE : (long) window * batchSize;
    int[] order = window == 0 ? IntStream.range(0, lengths.length).toArray() : sortedWindows(span);
    Tally tally = new Tally();
    Batch batch = new Batch(lengths.length);
    for (int at = 0; at < order.length; at++) {
      double longest = Math.max(batch.longest, lengths[order[at]]);
      if ((batch.size + 1) * longest > budget || at % span == 0) {
        tally.close(batch, batch.size);
      }
      batch.add(order[at]);
    }
    tally.close(batch, batch.size);
    return gain(tally);
  }

  private int[] sortedWindows(long span) {
    int[] order = ranks.clone();
    for (long from = 0; from < order.length; from += span) {
      Arrays.sort(order, (int) from, (int) Math.min(order.length, from + span));
    }
    Arrays.setAll(order, at -> byLength[order[at]]);
    return order;
  }

  private Tally cut(int[] order) {
    Tally tally = new Tally();
    Batch batch = new Batch(batchSize);
    for (int i : order) {
      batch.add(i);
      if (batch.size == batchSize) {
        tally.close(batch, batchSize);
      }
    }
    tally.close(batch, batchSize);
    return tally;
  }

  private GroupingGain gain(Tally tally) {
    double ratio = arrivalOrder.total() / tally.total();
    double[] residuals = new double[SECTIONS];
    for (int s = 0; s < SECTIONS; s++) {
      residuals[s] = (arrivalOrder.costs[s] - ratio * tally.costs[s]) * SECTIONS / tally.total();
    }
    Estimate deviation = Estimate.of(residuals);
    boolean hasInterval = lengths.length / batchSize >= 2 * SECTIONS;
    return new GroupingGain(
        hasInterval
            ? new Estimate(ratio, deviation.halfWidth(), deviation.degreesOfFreedom())
            : new Estimate(ratio, Double.NaN, 0),
        Math.max(0, 1 - sum / tally.padded),
        tally.batches);
  }

  /** A batch that still takes requests. */
  private final class Batch {
    private final int[] members;
    private int size;
    private double longest;

    Batch(int most) {
      members = new int[most];
    }

    void add(int request) {
      members[size++] = request;
      longest = Math.max(longest, lengths[request]);
    }
  }

  /** What the batches of a grouping cost, by the section of the request that bears it. */
  private final class Tally {
    private final double[] costs = new double[SECTIONS];
    private double padded;
    private long batches;

    /** Counts a batch and empties it; does nothing where it is empty. */
    void close(Batch batch, int fullSize) {
      if (batch.size == 0) {
        return;
      }
      double part = cost.ofOneRequest(batch.longest, fullSize);
      for (int m = 0; m < batch.size; m++) {
        costs[(int) ((long) batch.members[m] * SECTIONS / lengths.length)] += part;
      }
      padded += batch.longest * batch.size;
      batches++;
      batch.size = 0;
      batch.longest = 0;
    }

    double total() {
      return Arrays.stream(costs).sum();
    }
  }
}
