package io.github.batchq.model;

import java.util.Objects;
import java.util.function.Supplier;

/**
 * Bad input from a user: a file, a flag, a number, a trace line. The message is one sentence that
 * says where, what was found and what is allowed; the command line prints it as it is and exits
 * with status 2.
 */
public class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message where, what was found, what is allowed
   */
  public BadInputException(String message) {
    super(message);
  }

  /**
   * @param message where, what was found, what is allowed
   * @param cause what went wrong below
   */
  public BadInputException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Does work with what a user wrote; what it refuses becomes a sentence about the input.
   *
   * @param where file, option or command, at the head of the sentence
   * @throws BadInputException if the work throws an {@link IllegalArgumentException}; its own pass
   *     as they are
   */
  public static <T> T naming(String where, Supplier<T> work) {
    try {
      return work.get();
    } catch (IllegalArgumentException e) {
      throw new BadInputException(where + ": " + e.getMessage(), e);
    }
  }

  /** Where, what was found, what is allowed. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
