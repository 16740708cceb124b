package io.github.batchq.policy;

import java.util.Locale;

/**
 * Which bin's turn it is when a server is free and batches of several bins could be served. Within
 * a bin batches are served in the order in which they were formed. Of two that are equal, the batch
 * with the older first request goes first. On one server the sum of service time times wait over
 * all full batches is the same for every order: an order only moves waits between short and long
 * batches (T22 of docs/theory.md).
 */
public enum ServingOrder {
  /**
   * The batch that was formed first, as in arXiv:2412.04504; of partial batches the one with the
   * oldest request.
   */
  FORMED,
  /**
   * The batch whose longest predicted length is least, of those that are first in their bins: the
   * one of the lowest bin. Starves long requests in overload.
   */
  SHORTEST,
  /** A batch of the bin in which most requests wait, those without a batch included. */
  LONGEST_QUEUE,
  /** The batch whose first request came first. */
  OLDEST,
  /** Bins take turns, those with nothing to serve are passed over. */
  ROUND_ROBIN;

  /** The name in experiment files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
