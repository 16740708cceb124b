package io.github.batchq.metric;

/**
 * Counts of durations in cells whose width is at most 1/1024 of the duration, so the middle of a
 * cell is within 0.05 % of what fell into it. A cell is the upper bits of the number itself:
 * counting takes a shift and no logarithm, a quarter of what HdrHistogram takes. Durations below
 * 2<sup>-30</sup> s (0.93 ns) share one cell. Memory grows with the range of the durations alone: 8
 * KiB for each factor of two, and none before the first duration.
 */
final class LatencyHistogram {
  private static final int FRACTION_BITS = 10;
  private static final int DROPPED_BITS = 52 - FRACTION_BITS;
  private static final int CELLS_OF_OCTAVE = 1 << FRACTION_BITS;
  private static final long LOWEST_CELL = Double.doubleToRawLongBits(0x1p-30) >>> DROPPED_BITS;

  private long[] counts = {};
  private long firstCell;
  private long total;

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
    total++;
  }

  /** Makes room for a cell by whole octaves; the index that it then has. */
  private long grow(long index) {
    long cell = Math.max(index + firstCell, LOWEST_CELL);
    long octave = cell / CELLS_OF_OCTAVE * CELLS_OF_OCTAVE;
    if (counts.length == 0) {
      firstCell = octave;
    }
    long first = Math.min(firstCell, octave);
    long end = Math.max(firstCell + counts.length, octave + CELLS_OF_OCTAVE);
    if (end - first > counts.length) {
      long[] wider = new long[(int) (end - first)];
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
    long rank = Math.max(1, (long) Math.ceil(level * total));
    long counted = 0;
    for (int i = 0; i < counts.length; i++) {
      counted += counts[i];
      if (counted >= rank) {
        return middle(firstCell + i);
      }
    }
    return Double.NaN;
  }

  private static double middle(long cell) {
    double lower = cell == LOWEST_CELL ? 0 : Double.longBitsToDouble(cell << DROPPED_BITS);
    return (lower + Double.longBitsToDouble((cell + 1) << DROPPED_BITS)) / 2;
  }
}
