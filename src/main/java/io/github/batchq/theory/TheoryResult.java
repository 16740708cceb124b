package io.github.batchq.theory;

/**
 * A number that theory gives, or the reason why it gives none. Every result names its source: the
 * statement of the paper or of docs/theory.md that it evaluates. Made by the methods of this
 * interface, which give no number that is beyond the range of a double.
 */
public sealed interface TheoryResult {
  /** Why a value that is beyond the range of a double is not given. */
  String OUTSIDE = "outside the range of numbers";

  /** An exact value; undefined where it is not a finite number. */
  static TheoryResult exact(double value, String source) {
    return Double.isFinite(value) ? new Exact(value, source) : new Undefined(OUTSIDE, source);
  }

  /** What is truly infinite, not only beyond the range of a double. */
  static TheoryResult infinite(String source) {
    return new Exact(Double.POSITIVE_INFINITY, source);
  }

  /** A value that is never exceeded; undefined where it is not a finite number. */
  static TheoryResult upperBound(double value, String source) {
    return Double.isFinite(value) ? new UpperBound(value, source) : new Undefined(OUTSIDE, source);
  }

  /** A value that is always reached; undefined where it is not a finite number. */
  static TheoryResult lowerBound(double value, String source) {
    return Double.isFinite(value) ? new LowerBound(value, source) : new Undefined(OUTSIDE, source);
  }

  /** A near value; undefined where it is not a finite number. */
  static TheoryResult approximation(double value, String regime, String source) {
    return Double.isFinite(value)
        ? new Approximation(value, regime, source)
        : new Undefined(OUTSIDE, source);
  }

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
      return exact(value, source);
    }
    if (this instanceof UpperBound) {
      return upperBound(value, source);
    }
    if (this instanceof LowerBound) {
      return lowerBound(value, source);
    }
    return this instanceof Approximation approximation
        ? approximation(value, approximation.regime(), source)
        : this;
  }

  /** An exact value of the stated model; infinite only where that is the truth. */
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
