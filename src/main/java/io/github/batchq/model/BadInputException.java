package io.github.batchq.model;

import java.util.Objects;

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

  /** Where, what was found, what is allowed. */
  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }
}
