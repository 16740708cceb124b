package io.github.batchq.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * A run cut into sections with equal numbers of requests, in memory that does not grow with the
 * run: running sums are kept at the end of every section, and when there are too many, every second
 * one is dropped, so that sections become twice as long.
 *
 * @param <T> running sums
 */
final class RunSections<T> {
  /** So many sections show a transient of a thousandth of the run. */
  static final int MOST = 1024;

  private final List<T> ends = new ArrayList<>();
  private long length;
  private long nextEnd;

  /**
   * @param start the sums before anything is counted
   * @param length requests of a section at first, at least 1
   */
  RunSections(T start, long length) {
    ends.add(start);
    this.length = length;
    this.nextEnd = length;
  }

  /** Number of requests at which the present section ends. */
  long nextEnd() {
    return nextEnd;
  }

  /** Ends a section. */
  void end(T sums) {
    ends.add(sums);
    if (ends.size() == MOST + 1) {
      for (int i = 1; i <= MOST / 2; i++) {
        ends.set(i, ends.get(2 * i));
      }
      ends.subList(MOST / 2 + 1, ends.size()).clear();
      length *= 2;
    }
    nextEnd = ends.size() * length;
  }

  /** Requests of a section. */
  long length() {
    return length;
  }

  /** Sums at the start and at the end of every section, in order. */
  List<T> ends() {
    return ends;
  }
}
