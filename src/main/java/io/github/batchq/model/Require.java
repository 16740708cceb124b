package io.github.batchq.model;

/**
 * Checks that a number is in its range. A refusal says which number, what is allowed and what was
 * found, such as {@code batchSize must be at least 1, found 0}; NaN is always refused.
 */
public enum Require {
  /** What code passes; refused by an {@link IllegalArgumentException}. */
  ARGUMENT,
  /** What a user wrote; refused by a {@link BadInputException}. */
  INPUT;

  /** Refuses a whole number below {@code least}. */
  public void atLeast(String name, long value, long least) {
    if (value < least) {
      throw refusal(name, "at least " + least, value);
    }
  }

  /** Refuses a whole number above {@code most}. */
  public void atMost(String name, long value, long most) {
    if (value > most) {
      throw refusal(name, "at most " + most, value);
    }
  }

  /** Refuses a whole number outside {@code least}, ..., {@code most}. */
  public void between(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw refusal(name, "from " + least + " to " + most, value);
    }
  }

  /** Refuses a number that is 0, negative or infinite. */
  public void positiveFinite(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw refusal(name, "positive and finite", value);
    }
  }

  /** Refuses a number that is 0 or negative; infinity is allowed. */
  public void positive(String name, double value) {
    if (!(value > 0)) {
      throw refusal(name, "positive", value);
    }
  }

  /** Refuses a negative or infinite number. */
  public void notNegativeFinite(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw refusal(name, "finite and at least 0", value);
    }
  }

  /** Refuses a negative number; infinity is allowed. */
  public void notNegative(String name, double value) {
    if (!(value >= 0)) {
      throw refusal(name, "at least 0", value);
    }
  }

  /** Refuses an infinite number. */
  public void finite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw refusal(name, "finite", value);
    }
  }

  /** Refuses a number outside (0,1), such as a share or a confidence. */
  public void share(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw refusal(name, "between 0 and 1", value);
    }
  }

  private RuntimeException refusal(String name, String allowed, Object found) {
    String message = name + " must be " + allowed + ", found " + found;
    return this == INPUT ? new BadInputException(message) : new IllegalArgumentException(message);
  }
}
