package io.github.batchq.random;

import io.github.batchq.model.BadRows;

/**
 * The description of a law as a user writes it: a record whose components are the law's parameters.
 * A law with plain parameters describes itself; a law that reads a file or is built from other laws
 * has a spec of its own.
 */
public interface LawSpec {
  /**
   * The law that this describes.
   *
   * @throws io.github.batchq.model.BadInputException if a file that the description names is
   *     missing or malformed
   */
  Law create();

  /**
   * The law that this describes.
   *
   * @param told remembers what a user must know of how a file was read
   * @throws io.github.batchq.model.BadInputException as {@link #create()} does
   */
  default Law create(BadRows told) {
    return create();
  }
}
