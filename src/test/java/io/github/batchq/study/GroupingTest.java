package io.github.batchq.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.batchq.metric.Estimate;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.random.Law;
import io.github.batchq.random.Uniform;
import io.github.batchq.theory.BatchMaximum;
import io.github.batchq.theory.SortedGrouping;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Groupings of lengths against batches by hand and against exact values. */
class GroupingTest {
  private static final double[] FEW = {1, 9, 2, 8, 3, 7};

  @Test
  void fewLengthsAreGroupedAsByHand() {
    Grouping grouping = new Grouping(FEW, 2, BatchCost.LONGEST);
    // By arrival 9 + 8 + 7; windows of two: 9 8, 2 1, 7 3; all: 9 8, 7 3, 2 1.
    assertEquals(1, grouping.arrivalOrder().gain().mean());
    assertEquals(1 - 30.0 / 48, grouping.arrivalOrder().padding(), 1e-15);
    assertEquals(24.0 / 18, grouping.windows(2).gain().mean(), 1e-15);
    assertEquals(24.0 / 18, grouping.windows(3).gain().mean(), 1e-15);
    assertEquals(3, grouping.windows(Integer.MAX_VALUE).batches());
    assertTrue(Double.isNaN(grouping.windows(2).gain().halfWidth()));
    // Each bin has a full batch and half of one: 2 + 3 / 2 and 9 + 7 / 2.
    GroupingGain bins = grouping.bins(BinBoundaries.of(5));
    assertEquals(24.0 / 16, bins.gain().mean(), 1e-15);
    assertEquals(4, bins.batches());
  }

  @Test
  void budgetsCloseBeforeTheyAreExceeded() {
    // By arrival: 1 | 9 | 2 8 | 3 7 within 16 tokens; sorted: 9 | 8 7 | 3 2 1.
    Grouping longest = new Grouping(FEW, 2, BatchCost.LONGEST);
    GroupingGain arrival = longest.budget(16, 0);
    assertEquals(24.0 / (1 + 9 + 8 + 7), arrival.gain().mean(), 1e-15);
    assertEquals(4, arrival.batches());
    assertEquals(24.0 / (9 + 8 + 3), longest.budget(16, 3).gain().mean(), 1e-15);
    Grouping tokens = new Grouping(FEW, 2, BatchCost.TOKENS);
    assertEquals(48.0 / (9 + 16 + 9), tokens.budget(16, 3).gain().mean(), 1e-15);
    assertThrows(IllegalArgumentException.class, () -> tokens.budget(8.9, 0));
    assertThrows(IllegalArgumentException.class, () -> tokens.budget(Double.NaN, 0));
  }

  @Test
  void lengthsOutOfRangeAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Grouping(new double[] {1, Double.NaN}, 1, BatchCost.LONGEST));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Grouping(new double[] {0, 0}, 1, BatchCost.LONGEST));
    assertThrows(IllegalArgumentException.class, () -> new Grouping(FEW, 7, BatchCost.LONGEST));
  }

  /** Of 400 intervals, 95 % cover 366 to 392 with probability above 0.997. */
  @Test
  void intervalsCoverTheExactGain() {
    Law law = new Uniform(1, 20);
    int size = 8;
    BinBoundaries bins = BinBoundaries.of(4, 8, 14);
    double unsorted = BatchMaximum.expectedBatchLength(law, BinBoundaries.none(), size);
    double ofWindows = unsorted / new SortedGrouping(law, size, 4).meanLongest();
    double ofBins = unsorted / BatchMaximum.expectedBatchLength(law, bins, size);
    SplittableRandom random = new SplittableRandom(22);
    int windowsCover = 0;
    int binsCover = 0;
    for (int run = 0; run < 400; run++) {
      double[] lengths = random.doubles(12_800, 1, 20).toArray();
      Grouping grouping = new Grouping(lengths, size, BatchCost.LONGEST);
      windowsCover += covers(grouping.windows(4).gain(), ofWindows);
      binsCover += covers(grouping.bins(bins).gain(), ofBins);
    }
    assertTrue(windowsCover >= 366 && windowsCover <= 392, "windows: " + windowsCover);
    assertTrue(binsCover >= 366 && binsCover <= 392, "bins: " + binsCover);
  }

  private static int covers(Estimate gain, double exact) {
    return Math.abs(gain.mean() - exact) <= gain.halfWidth() ? 1 : 0;
  }
}
