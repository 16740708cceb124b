package io.github.batchq.cli;

import io.github.batchq.experiment.ResultTable;
import io.github.batchq.theory.TheoryResult;
import java.util.ArrayList;
import java.util.List;

/** A table of theory's values, one row each: quantity, value, kind, source or the reason. */
final class TheoryTable {
  private final List<List<String>> rows = new ArrayList<>();

  /** Adds a row; an undefined value is an empty cell, and its reason follows the source. */
  void add(String quantity, TheoryResult result) {
    rows.add(
        List.of(
            quantity,
            Double.isNaN(result.value()) ? "" : ResultTable.cell(result.value()),
            result.kind(),
            result instanceof TheoryResult.Undefined undefined
                ? undefined.source() + ": " + undefined.reason()
                : result instanceof TheoryResult.Approximation approximation
                    ? approximation.source() + ", meant for " + approximation.regime()
                    : result.source()));
  }

  ResultTable toResultTable() {
    return new ResultTable(List.of("quantity", "value", "kind", "source"), rows);
  }
}
