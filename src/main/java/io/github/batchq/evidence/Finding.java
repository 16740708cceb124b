package io.github.batchq.evidence;

import java.util.List;

/**
 * What was found of one number that a statement speaks of, beside what was expected. Each kind of
 * test has its own measure of agreement, and so its own kind of finding.
 */
public interface Finding {
  /** The number in words, such as {@code M/M/1, load 0.5}. */
  String quantity();

  /** Whether what was found is what was expected. */
  Verdict verdict();

  /** What a page shows of it: what was expected, what was found, and by which measure. */
  List<String> cells();

  /** Whether it does not speak against its statement. */
  default boolean holds() {
    return verdict() != Verdict.FAILS;
  }
}
