package io.github.batchq.metric;

/**
 * Counts of durations in cells whose width is at most 1/1024 of the duration, so the middle of a
 * cell is within 0.05 % of what fell into it. A cell is the upper bits of the number itself:
 * counting takes a shift and no logarithm, a quarter of what HdrHistogram takes. Durations below
 * 2<sup>-30</sup> s (0.93 ns) share one cell. Memory grows with the range of the durations alone: 8
 * KiB for each factor of two, an octave, and none before the first duration.
 */
final class LatencyHistogram {
  private static final int FRACTION_BITS = 10;
  private static final int DROPPED_BITS = 52 - FRACTION_BITS;
  private static final int CELLS = 1 << FRACTION_BITS;
  private static final int LOWEST_CELL =
      (int) (Double.doubleToRawLongBits(0x1p-30) >>> DROPPED_BITS);

  /** The cells of each octave, and after them how many durations they hold together. */
  private long[][] octaves = {};

  private int firstOctave;

  /**
   * Counts a duration.
   *
   * @param seconds at least 0, finite
   */
  void record(double seconds) {
    int cell = (int) (Double.doubleToRawLongBits(seconds) >>> DROPPED_BITS);
    int octave = (cell >> FRACTION_BITS) - firstOctave;
    if (octave < 0 || octave >= octaves.length) {
      cell = Math.max(cell, LOWEST_CELL);
      octave = include(cell >> FRACTION_BITS);
    }
    long[] counts = octaves[octave];
    counts[CELLS]++;
    counts[cell & (CELLS - 1)]++;
  }

  /** Makes room for an octave, and for those between it and the others; its place among them. */
  private int include(int octave) {
    if (octaves.length == 0) {
      firstOctave = octave;
    }
    int first = Math.min(firstOctave, octave);
    int end = Math.max(firstOctave + octaves.length, octave + 1);
    if (end - first > octaves.length) {
      int before = firstOctave - first;
      long[][] wider = new long[end - first][];
      for (int i = 0; i < wider.length; i++) {
        boolean known = i >= before && i < before + octaves.length;
        wider[i] = known ? octaves[i - before] : new long[CELLS + 1];
      }
      octaves = wider;
      firstOctave = first;
    }
    return octave - first;
  }

  /**
   * Middle of the cell that holds the quantile; NaN where nothing was counted.
   *
   * @param level in (0,1]
   */
  double quantile(double level) {
    long total = 0;
    for (long[] counts : octaves) {
      total += counts[CELLS];
    }
    long left = Math.max(1, (long) Math.ceil(level * total));
    for (int octave = 0; octave < octaves.length; octave++) {
      long[] counts = octaves[octave];
      if (left > counts[CELLS]) {
        left -= counts[CELLS];
      } else {
        int cell = 0;
        while (left > counts[cell]) {
          left -= counts[cell++];
        }
        return middle((firstOctave + octave) * CELLS + cell);
      }
    }
    return Double.NaN;
  }

  private static double middle(int cell) {
    double lower = cell == LOWEST_CELL ? 0 : secondsOf(cell);
    return (lower + secondsOf(cell + 1)) / 2;
  }

  private static double secondsOf(int cell) {
    return Double.longBitsToDouble((long) cell << DROPPED_BITS);
  }
}
