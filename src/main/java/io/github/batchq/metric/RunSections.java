package io.github.batchq.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A run cut into sections with equal numbers of requests, in memory that does not grow with the
 * run: running sums are kept at the end of every section, and when there are too many, every second
 * one is dropped, so that sections become twice as long.
 */
final class RunSections {
  /** So many sections show a transient of a thousandth of the run. */
  static final int MOST = 1024;

  private final RunningSums[] sums;
  private long length;
  private long nextEnd;
  private int number;

  /**
   * @param length requests of a section at first, at least 1
   * @param sums what is kept, as it is before anything is counted
   */
  RunSections(long length, List<RunningSums> sums) {
    this.sums = sums.toArray(RunningSums[]::new);
    this.length = length;
    this.nextEnd = length;
    keep();
  }

  /**
   * Ends a section if it has its requests.
   *
   * @param requests number of requests of the run until now
   */
  void advance(double requests) {
    if (requests >= nextEnd) {
      end();
    }
  }

  private void end() {
    number++;
    keep();
    if (number == MOST) {
      for (RunningSums kept : sums) {
        kept.keepEverySecond(number);
      }
      number /= 2;
      length *= 2;
    }
    nextEnd = (number + 1) * length;
  }

  private void keep() {
    for (RunningSums kept : sums) {
      kept.keep(number);
    }
  }

  /** Requests of a section. */
  long length() {
    return length;
  }

  /** A mean in every section, in their order. */
  double[] means(ToDoubleFunction<RunPart> mean) {
    double[] values = new double[number];
    for (int section = 0; section < number; section++) {
      values[section] = mean.applyAsDouble(new RunPart(section));
    }
    return values;
  }
}
