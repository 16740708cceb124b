package io.github.batchq.evidence.statements;

import io.github.batchq.evidence.Finding;
import io.github.batchq.evidence.Verdict;
import io.github.batchq.model.ResultTable;
import java.util.List;

/**
 * Two numbers that a statement of theory relates to each other. The unit is that of the quantity.
 *
 * @param quantity the quantity and its parameters, in words
 * @param kind what is expected, and what is found
 * @param expected the first number of the kind
 * @param found the second number of the kind
 * @param tolerance largest {@link #difference} for which the statement holds, and for every kind
 *     but {@link FindingKind#BOUND} its largest size; of a simulation the half-width of its
 *     interval
 * @param printed what the paper prints where it is wrong; NaN elsewhere
 * @param verdict the outcome
 */
public record NumberFinding(
    String quantity,
    FindingKind kind,
    double expected,
    double found,
    double tolerance,
    double printed,
    Verdict verdict)
    implements Finding {
  static final List<String> COLUMNS =
      List.of(
          "quantity", "kind", "expected", "found", "difference", "tolerance", "printed", "verdict");

  /** {@code found - expected}. */
  public double difference() {
    return found - expected;
  }

  @Override
  public List<String> cells() {
    return List.of(
        quantity,
        kind.toString(),
        ResultTable.cell(expected),
        ResultTable.cell(found),
        ResultTable.cell(difference()),
        ResultTable.cell(tolerance),
        ResultTable.cell(printed),
        verdict.toString());
  }
}
