package io.github.batchq.service;

/**
 * Where costs begin in a model that is linear beyond.
 *
 * @param requests up to which a step takes no longer, at least 0
 * @param promptTokens up to which a pass takes no longer, at least 0
 */
record Knees(int requests, int promptTokens) {
  /** Costs that begin with the first request and token. */
  static final Knees NONE = new Knees(0, 0);
}
