package io.github.batchq.sim;

import java.util.ArrayDeque;

/** A prompt that siblings share on a server: the first of them processes it for all. */
final class SharedPrompt {
  /** How many tokens it has. */
  final int tokens;

  /** The one that processes it, or has. */
  ServedRequest first;

  /** Siblings that wait until it is processed, in the order in which they joined. */
  final ArrayDeque<ServedRequest> waiting = new ArrayDeque<>();

  /** Siblings on the server. */
  int members = 1;

  boolean processed;

  SharedPrompt(ServedRequest first, int tokens) {
    this.first = first;
    this.tokens = tokens;
  }
}
