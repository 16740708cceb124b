package io.github.batchq.model;

/** A row of a data file is malformed; the rows after it can still be read. */
public final class BadRowException extends BadInputException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message file, line and reason
   */
  public BadRowException(String message) {
    super(message);
  }
}
