package io.github.batchq.file.data;

import java.util.Locale;

/** The unit in which a file gives times. */
public enum UnitOfTime {
  /** Seconds. */
  S(0),
  /** Milliseconds. */
  MS(3),
  /** Microseconds. */
  US(6),
  /** Nanoseconds. */
  NS(9);

  private final int digits;
  private final double perSecond;

  UnitOfTime(int digits) {
    this.digits = digits;
    this.perSecond = Double.parseDouble("1e" + digits);
  }

  /** So many decimal digits behind the point of a second. */
  public int digits() {
    return digits;
  }

  /** A time in this unit, in seconds. */
  public double seconds(double time) {
    return time / perSecond;
  }

  /** Its name in files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
