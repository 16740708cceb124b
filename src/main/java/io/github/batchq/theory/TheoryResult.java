package io.github.batchq.theory;

/**
 * A number that theory gives, or the reason why it gives none. Every result names its source: the
 * statement of the paper or of docs/theory.md that it evaluates.
 */
public sealed interface TheoryResult {
  /** The statement that this evaluates. */
  String source();

  /**
   * {@code exact}, {@code upper-bound}, {@code lower-bound}, {@code approximation} or {@code
   * undefined}.
   */
  String kind();

  /** The number; NaN where it is undefined. */
  double value();

  /**
   * Another number of the same kind; undefined stays so.
   *
   * @param source the statement that gives it
   */
  default TheoryResult with(double value, String source) {
    if (this instanceof Exact) {
      return new Exact(value, source);
    }
    if (this instanceof UpperBound) {
      return new UpperBound(value, source);
    }
    if (this instanceof LowerBound) {
      return new LowerBound(value, source);
    }
    return this instanceof Approximation approximation
        ? new Approximation(value, approximation.regime(), source)
        : this;
  }

  /** An exact value of the stated model. */
  record Exact(double value, String source) implements TheoryResult {
    @Override
    public String kind() {
      return "exact";
    }
  }

  /** A value that the quantity never exceeds. */
  record UpperBound(double value, String source) implements TheoryResult {
    @Override
    public String kind() {
      return "upper-bound";
    }
  }

  /** A value that the quantity never falls below. */
  record LowerBound(double value, String source) implements TheoryResult {
    @Override
    public String kind() {
      return "lower-bound";
    }
  }

  /**
   * A value that is near the quantity under stated conditions.
   *
   * @param regime when the approximation is meant to hold
   */
  record Approximation(double value, String regime, String source) implements TheoryResult {
    @Override
    public String kind() {
      return "approximation";
    }
  }

  /**
   * No value.
   *
   * @param reason why there is none
   */
  record Undefined(String reason, String source) implements TheoryResult {
    @Override
    public String kind() {
      return "undefined";
    }

    @Override
    public double value() {
      return Double.NaN;
    }
  }
}
