package io.github.batchq.evidence.statements;

import io.github.batchq.model.BinBoundaries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Forms full batches in bins by a plain loop over arrays, without the kernel. */
final class Recursion {
  private Recursion() {}

  /**
   * A full batch.
   *
   * @param formed when its last request arrived
   * @param longest length of its longest request
   * @param arrivalTimes the sum of its arrival times
   * @param requests how many it holds
   */
  record FullBatch(double formed, double longest, double arrivalTimes, int requests) {}

  /**
   * Passes on the full batches in the order in which they form; requests of batches that do not
   * fill are dropped.
   */
  static void fullBatches(
      double[] arrivalTimes,
      double[] lengths,
      BinBoundaries boundaries,
      int batchSize,
      Consumer<FullBatch> formed) {
    int[] members = new int[boundaries.bins()];
    double[] longest = new double[boundaries.bins()];
    double[] sums = new double[boundaries.bins()];
    for (int i = 0; i < lengths.length; i++) {
      int bin = boundaries.binOf(lengths[i]);
      longest[bin] = Math.max(longest[bin], lengths[i]);
      sums[bin] += arrivalTimes[i];
      if (++members[bin] == batchSize) {
        formed.accept(new FullBatch(arrivalTimes[i], longest[bin], sums[bin], batchSize));
        members[bin] = 0;
        longest[bin] = 0;
        sums[bin] = 0;
      }
    }
  }

  /** Returns the full batches as a list. */
  static List<FullBatch> fullBatches(
      double[] arrivalTimes, double[] lengths, BinBoundaries boundaries, int batchSize) {
    List<FullBatch> batches = new ArrayList<>();
    fullBatches(arrivalTimes, lengths, boundaries, batchSize, batches::add);
    return batches;
  }
}
