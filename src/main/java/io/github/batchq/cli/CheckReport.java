package io.github.batchq.cli;

import io.github.batchq.evidence.statements.Check;
import io.github.batchq.evidence.statements.Check.CheckResult;
import io.github.batchq.evidence.statements.Checks;
import io.github.batchq.evidence.statements.Comparison;
import io.github.batchq.evidence.statements.Comparisons;
import io.github.batchq.evidence.statements.Verdict;
import io.github.batchq.model.ResultTable;
import io.github.batchq.report.TableFormat;
import io.github.batchq.results.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What checks found, for a person (a paragraph and a table for each statement) or for another
 * program (one flat table).
 *
 * @param results the checks that ran, in order
 */
record CheckReport(List<CheckResult> results) {
  private static final List<String> COLUMNS =
      List.of(
          "quantity", "kind", "expected", "found", "difference", "tolerance", "printed", "verdict");

  /** Whether every check passed. */
  boolean holds() {
    return results.stream().allMatch(CheckResult::holds);
  }

  /** All comparisons, each with the id, the statement and the source of its check. */
  ResultTable flat() {
    List<String> columns = new ArrayList<>(List.of("id"));
    columns.addAll(COLUMNS);
    columns.addAll(List.of("statement", "source"));
    List<List<String>> rows = new ArrayList<>();
    for (CheckResult result : results) {
      Check check = result.check();
      for (Comparison comparison : result.comparisons()) {
        List<String> row = new ArrayList<>(List.of(check.id()));
        row.addAll(cells(comparison));
        row.addAll(List.of(check.statement(), check.source()));
        rows.add(row);
      }
    }
    return new ResultTable(columns, rows);
  }

  /** Statements with their tables, and the outcome in the last line. */
  String text() {
    StringBuilder out = new StringBuilder();
    for (CheckResult result : results) {
      Check check = result.check();
      out.append(check.id()).append(": ").append(check.statement());
      out.append(" (").append(check.source()).append(")\n");
      out.append(TableFormat.TABLE.render(table(result))).append('\n');
    }
    return out.append(outcome()).append('\n').toString();
  }

  /** The same as a page, with what a reader needs to make it again. */
  String markdown(String command) {
    StringBuilder out = new StringBuilder("# Theory, checked\n\n");
    out.append("Made by `").append(command).append("` with batchq ").append(Manifest.version());
    out.append(", seed ").append(Checks.SEED);
    out.append("; the same bytes on any number of threads. ").append(outcome()).append("\n\n");
    out.append(
        "\"paper\" is arXiv:2412.04504, T1, T2, ... are batchq's own statements in"
            + " [docs/theory.md](../docs/theory.md). The kind says what is expected and what is found; the difference is found - expected. The tolerance of a"
            + " simulation is the half-width of its ");
    out.append(100 * Comparisons.CONFIDENCE);
    out.append(
        " % t-interval over independent runs; an upper bound may only be exceeded by rounding."
            + " \"printed\" is what the paper prints where it is wrong.\n");
    for (CheckResult result : results) {
      Check check = result.check();
      out.append("\n## ").append(check.id()).append("\n\n");
      out.append(check.statement()).append(" Source: ").append(check.source()).append(".\n\n");
      out.append(TableFormat.MARKDOWN.render(table(result)));
    }
    return out.toString();
  }

  private static ResultTable table(CheckResult result) {
    return new ResultTable(COLUMNS, result.comparisons().stream().map(CheckReport::cells).toList());
  }

  private static List<String> cells(Comparison comparison) {
    return List.of(
        comparison.what(),
        comparison.kind().toString(),
        ResultTable.cell(comparison.expected()),
        ResultTable.cell(comparison.found()),
        ResultTable.cell(comparison.difference()),
        ResultTable.cell(comparison.tolerance()),
        ResultTable.cell(comparison.printed()),
        comparison.verdict().toString());
  }

  private String outcome() {
    long comparisons = results.stream().mapToLong(result -> result.comparisons().size()).sum();
    String failing =
        results.stream()
            .filter(result -> !result.holds())
            .map(result -> result.check().id())
            .collect(Collectors.joining(", "));
    return results.size()
        + " statements, "
        + comparisons
        + " comparisons: "
        + (failing.isEmpty() ? "all hold" : "these fail: " + failing)
        + ", "
        + count(Verdict.CORRECTED)
        + " of them against what the paper prints.";
  }

  private long count(Verdict verdict) {
    return results.stream()
        .flatMap(result -> result.comparisons().stream())
        .filter(comparison -> comparison.verdict() == verdict)
        .count();
  }
}
