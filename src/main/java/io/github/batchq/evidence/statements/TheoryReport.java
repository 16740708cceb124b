package io.github.batchq.evidence.statements;

import io.github.batchq.evidence.Evidence;
import io.github.batchq.evidence.EvidencePage;
import io.github.batchq.evidence.Statement;
import io.github.batchq.evidence.Verdict;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TableFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What checks of theory found, for a person (a paragraph and a table for each statement) or for
 * another program (one flat table).
 *
 * @param statements the statements that were put to the test, in order
 */
public record TheoryReport(List<Evidence<NumberFinding>> statements) {
  public TheoryReport {
    statements = List.copyOf(statements);
  }

  /** Whether every statement passed. */
  public boolean holds() {
    return statements.stream().allMatch(Evidence::holds);
  }

  /** All findings in one table, each with the id, the claim and the source of its statement. */
  public ResultTable flat() {
    List<String> columns = new ArrayList<>(List.of("id"));
    columns.addAll(NumberFinding.COLUMNS);
    columns.addAll(List.of("statement", "source"));
    List<List<String>> rows = new ArrayList<>();
    for (Evidence<NumberFinding> evidence : statements) {
      Statement statement = evidence.statement();
      for (NumberFinding finding : evidence.findings()) {
        List<String> row = new ArrayList<>(List.of(statement.id()));
        row.addAll(finding.cells());
        row.addAll(List.of(statement.claim(), statement.source()));
        rows.add(row);
      }
    }
    return new ResultTable(columns, rows);
  }

  /** The statements with their tables as lines for a console; the last line is the outcome. */
  public String text() {
    StringBuilder out = new StringBuilder();
    for (Evidence<NumberFinding> evidence : statements) {
      Statement statement = evidence.statement();
      out.append(statement.id()).append(": ").append(statement.claim());
      out.append(" (").append(statement.source()).append(")\n");
      out.append(TableFormat.TABLE.render(evidence.table(NumberFinding.COLUMNS))).append('\n');
    }
    return out.append(outcome()).append('\n').toString();
  }

  /**
   * The same as a page in Markdown.
   *
   * @param command the command that makes the page again
   * @param version the version of batchq
   */
  public String markdown(String command, String version) {
    EvidencePage page =
        new EvidencePage("Theory, checked")
            .paragraph(
                "Made by `"
                    + command
                    + "` with batchq "
                    + version
                    + ", seed "
                    + Checks.SEED
                    + "; the same bytes on any number of threads. "
                    + outcome())
            .paragraph(
                "\"paper\" is arXiv:2412.04504, T1, T2, ... are batchq's own statements in"
                    + " [docs/theory.md](../docs/theory.md). The kind says what is expected and what"
                    + " is found; the difference is found - expected. The tolerance of a simulation"
                    + " is the half-width of its "
                    + 100 * Findings.CONFIDENCE
                    + " % t-interval over independent runs; an upper bound may only be exceeded by"
                    + " rounding. \"printed\" is what the paper prints where it is wrong.");
    statements.forEach(evidence -> page.evidence(evidence, NumberFinding.COLUMNS));
    return page.markdown();
  }

  private String outcome() {
    long findings = statements.stream().mapToLong(evidence -> evidence.findings().size()).sum();
    long corrected =
        statements.stream()
            .flatMap(evidence -> evidence.findings().stream())
            .filter(finding -> finding.verdict() == Verdict.CORRECTED)
            .count();
    String failing =
        statements.stream()
            .filter(evidence -> !evidence.holds())
            .map(evidence -> evidence.statement().id())
            .collect(Collectors.joining(", "));
    return statements.size()
        + " statements, "
        + findings
        + " comparisons: "
        + (failing.isEmpty() ? "all hold" : "these fail: " + failing)
        + ", "
        + corrected
        + " of them against what the paper prints.";
  }
}
