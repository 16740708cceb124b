package io.github.batchq.evidence.statements;

/**
 * Two numbers that a statement relates to each other, and the verdict. The unit is that of the
 * quantity which {@code what} names.
 *
 * @param what the quantity and its parameters
 * @param kind what is expected, and what is found
 * @param expected the first number of the kind
 * @param found the second number of the kind
 * @param tolerance largest {@link #difference} for which the statement holds, and for every kind
 *     but {@link Kind#BOUND} its largest size; of a simulation the half-width of its interval
 * @param printed what the paper prints where it is wrong; NaN elsewhere
 * @param verdict the outcome
 */
public record Comparison(
    String what,
    Kind kind,
    double expected,
    double found,
    double tolerance,
    double printed,
    Verdict verdict) {
  /** {@code found - expected}. */
  public double difference() {
    return found - expected;
  }
}
