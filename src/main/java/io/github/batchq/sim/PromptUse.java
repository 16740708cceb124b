package io.github.batchq.sim;

import org.jspecify.annotations.Nullable;

/** What of its prompt a request with kin has found on servers, and what it uses there. */
final class PromptUse {
  /** Tokens that it had to process or found processed, whenever it joined a server. */
  long asked;

  /** How many of them it found. */
  long found;

  /** Blocks of its prompt and answer that it uses on its server. */
  int blocks;

  /** The prompt that it shares with siblings on its server; null where it shares none. */
  @Nullable SharedPrompt shared;

  /** Begins with another request. */
  void clear() {
    asked = 0;
    found = 0;
    blocks = 0;
    shared = null;
  }
}
