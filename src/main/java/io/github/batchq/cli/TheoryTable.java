package io.github.batchq.cli;

import io.github.batchq.model.ResultTable;
import io.github.batchq.theory.TheoryResult;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects values of theory in a table, one row each: quantity, value, kind, and the source or the
 * reason why it is undefined.
 */
final class TheoryTable {
  private final List<List<String>> rows = new ArrayList<>();

  void add(String quantity, TheoryResult result) {
    rows.add(List.of(quantity, value(result), result.kind(), source(result)));
  }

  /** The value as a cell; an undefined one is empty. */
  static String value(TheoryResult result) {
    return Double.isNaN(result.value()) ? "" : ResultTable.cell(result.value());
  }

  /** The source, with the reason of an undefined value or the regime of an approximation. */
  static String source(TheoryResult result) {
    return result instanceof TheoryResult.Undefined undefined
        ? undefined.source() + ": " + undefined.reason()
        : result instanceof TheoryResult.Approximation approximation
            ? approximation.source() + ", meant for " + approximation.regime()
            : result.source();
  }

  ResultTable toResultTable() {
    return new ResultTable(List.of("quantity", "value", "kind", "source"), rows);
  }
}
