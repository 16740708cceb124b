package io.github.batchq.metric;

import java.util.Arrays;

/**
 * Counts of durations in cells whose width is at most 1/1024 of the duration, so the middle of a
 * cell is within 0.05 % of what fell into it. A cell is the upper bits of the number itself:
 * counting takes a shift and no logarithm, a quarter of what HdrHistogram takes. Durations below
 * 2<sup>-30</sup> s (0.93 ns) share one cell. Memory grows with the range of the durations alone: 8
 * to 16 KiB for each factor of two, an octave, and none before the first duration.
 */
final class LatencyHistogram {
  private static final int FRACTION_BITS = 10;
  private static final int DROPPED_BITS = 52 - FRACTION_BITS;
  private static final int CELLS_OF_OCTAVE = 1 << FRACTION_BITS;
  private static final long LOWEST_CELL = Double.doubleToRawLongBits(0x1p-30) >>> DROPPED_BITS;

  /** Octaves at first, of which these are below the first duration. */
  private static final int OCTAVES = 4;

  private static final int OCTAVES_BELOW = 2;

  /** Cells that take longer to empty than to find in fresh memory when they are needed. */
  private static final int MOST_KEPT = 4 * OCTAVES * CELLS_OF_OCTAVE;

  private long[] counts = {};
  private long firstCell;

  /**
   * Counts a duration.
   *
   * @param seconds at least 0, finite
   */
  void record(double seconds) {
    long cell = (Double.doubleToRawLongBits(seconds) >>> DROPPED_BITS) - firstCell;
    if (cell < 0 || cell >= counts.length) {
      cell = grow(cell);
    }
    counts[(int) cell]++;
  }

  /** Forgets all durations, and keeps the memory that they took unless it is large. */
  void clear() {
    if (counts.length > MOST_KEPT) {
      counts = new long[0];
    }
    Arrays.fill(counts, 0);
  }

  /** Makes room for a cell by whole octaves, at least twice as many; the index that it then has. */
  private long grow(long index) {
    long cell = Math.max(index + firstCell, LOWEST_CELL);
    long octave = cell / CELLS_OF_OCTAVE * CELLS_OF_OCTAVE;
    if (counts.length == 0) {
      firstCell = Math.max(LOWEST_CELL, octave - OCTAVES_BELOW * CELLS_OF_OCTAVE);
      counts = new long[OCTAVES * CELLS_OF_OCTAVE];
    }
    long first = Math.min(firstCell, octave);
    long end = Math.max(firstCell + counts.length, octave + CELLS_OF_OCTAVE);
    if (end - first > counts.length) {
      long length = Math.max(end - first, 2L * counts.length);
      if (first < firstCell) {
        first = Math.max(LOWEST_CELL, end - length);
      }
      long[] wider = new long[(int) length];
      System.arraycopy(counts, 0, wider, (int) (firstCell - first), counts.length);
      counts = wider;
      firstCell = first;
    }
    return cell - firstCell;
  }

  /**
   * Middle of the cell that holds the quantile; NaN where nothing was counted.
   *
   * @param level in (0,1]
   */
  double quantile(double level) {
    // No total runs along with the counts: it would cost each of them a nanosecond and a half.
    long[] octaves = octaves();
    long total = Arrays.stream(octaves).sum();
    long left = Math.max(1, (long) Math.ceil(level * total));
    for (int octave = 0; octave < octaves.length; octave++) {
      if (left > octaves[octave]) {
        left -= octaves[octave];
      } else {
        int cell = octave * CELLS_OF_OCTAVE;
        while (left > counts[cell]) {
          left -= counts[cell++];
        }
        return middle(firstCell + cell);
      }
    }
    return Double.NaN;
  }

  /** What each octave holds. */
  private long[] octaves() {
    long[] octaves = new long[counts.length / CELLS_OF_OCTAVE];
    for (int octave = 0; octave < octaves.length; octave++) {
      long sum = 0;
      for (int i = octave * CELLS_OF_OCTAVE; i < (octave + 1) * CELLS_OF_OCTAVE; i++) {
        sum += counts[i];
      }
      octaves[octave] = sum;
    }
    return octaves;
  }

  private static double middle(long cell) {
    double lower = cell == LOWEST_CELL ? 0 : Double.longBitsToDouble(cell << DROPPED_BITS);
    return (lower + Double.longBitsToDouble((cell + 1) << DROPPED_BITS)) / 2;
  }
}
