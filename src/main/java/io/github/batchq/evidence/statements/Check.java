package io.github.batchq.evidence.statements;

import io.github.batchq.evidence.Evidence;
import io.github.batchq.evidence.Statement;
import java.util.function.Consumer;

/**
 * A statement of theory that can be put to the test.
 *
 * @param statement what is claimed, in one sentence; its id is the name of the check
 * @param test computes the findings; the same ones every time
 */
public record Check(Statement statement, Consumer<Findings> test) {
  /**
   * A check of a statement.
   *
   * @param id short name of the statement, such as {@code Thm4.2}
   * @param claim what is claimed, in one sentence
   * @param source where it is claimed
   */
  public Check(String id, String claim, String source, Consumer<Findings> test) {
    this(new Statement(id, claim, source), test);
  }

  /** The short name of the statement. */
  public String id() {
    return statement.id();
  }

  /** Puts the statement to the test. */
  public Evidence<NumberFinding> run() {
    Findings findings = new Findings();
    test.accept(findings);
    return new Evidence<>(statement, findings.list());
  }
}
