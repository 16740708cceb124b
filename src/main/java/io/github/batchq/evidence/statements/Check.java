package io.github.batchq.evidence.statements;

import java.util.List;
import java.util.function.Consumer;

/**
 * A statement of theory that can be put to the test.
 *
 * @param id short name of the statement, such as {@code Thm4.2}; one check for each
 * @param statement what is claimed, in one sentence
 * @param source where it is claimed
 * @param test computes the comparisons; the same ones every time
 */
public record Check(String id, String statement, String source, Consumer<Comparisons> test) {
  /** Computes the comparisons. */
  public CheckResult run() {
    Comparisons comparisons = new Comparisons();
    test.accept(comparisons);
    return new CheckResult(this, comparisons.rows());
  }

  /**
   * What a check found.
   *
   * @param check the check
   * @param comparisons its comparisons, in order
   */
  public record CheckResult(Check check, List<Comparison> comparisons) {
    /** Whether the statement passed: it was compared with something, and nothing fails. */
    public boolean holds() {
      return !comparisons.isEmpty()
          && comparisons.stream().noneMatch(row -> row.verdict() == Verdict.FAILS);
    }
  }
}
