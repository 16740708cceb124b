package io.github.batchq.expectation;

import java.util.Locale;

/**
 * How much theory is put beside what was measured. Whether a point is stable is judged by the same
 * theory in any case.
 */
public enum TheoryEffort {
  /** None. */
  OFF,
  /** What takes about a tenth of a millisecond a point and metric, closed forms above all. */
  CHEAP,
  /** All that theory knows, which may take tens of milliseconds a point and metric. */
  ALL;

  /** Most points of a sweep that has all theory unless it is told otherwise. */
  public static final int MOST_POINTS = 1000;

  /** The effort for a sweep of which nothing is said. */
  public static TheoryEffort ofSweep(int points) {
    return points <= MOST_POINTS ? ALL : CHEAP;
  }

  boolean includes(Expected expected) {
    return this == ALL || (this == CHEAP && expected.isCheap());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
