package io.github.batchq.evidence;

import io.github.batchq.model.ResultTable;
import java.util.List;

/**
 * A statement that was put to the test, with what was found.
 *
 * @param statement what is claimed
 * @param findings one for each number that was looked at, in order
 */
public record Evidence<F extends Finding>(Statement statement, List<F> findings) {
  public Evidence {
    findings = List.copyOf(findings);
  }

  /** Whether the statement passed: something was looked at, and nothing speaks against it. */
  public boolean holds() {
    return !findings.isEmpty() && holding() == findings.size();
  }

  /** How many findings do not speak against the statement. */
  public long holding() {
    return findings.stream().filter(Finding::holds).count();
  }

  /** The numbers that speak against the statement. */
  public List<String> failing() {
    return findings.stream().filter(finding -> !finding.holds()).map(Finding::quantity).toList();
  }

  /**
   * The findings as a table.
   *
   * @param columns names for the cells of a finding
   */
  public ResultTable table(List<String> columns) {
    return new ResultTable(columns, findings.stream().map(Finding::cells).toList());
  }
}
