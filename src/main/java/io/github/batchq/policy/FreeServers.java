package io.github.batchq.policy;

import io.github.batchq.model.QueuedRequest;

/**
 * What is free when a policy is asked for work. It changes with the run: read it, do not keep it.
 */
public interface FreeServers {
  /** Number of servers that can take a batch, at least 1. */
  int count();

  /**
   * Whether a server can take a batch.
   *
   * @param server its number, from 0
   */
  boolean isFree(int server);

  /**
   * The most requests that a server takes now: the batch size where a batch holds the server, the
   * free slots where requests join and leave a running batch.
   */
  int slots();

  /** Tokens for which there is memory on the server; {@link Long#MAX_VALUE} without a limit. */
  default long memory() {
    return Long.MAX_VALUE;
  }

  /**
   * Tokens for which there must be memory on the server if a request joins: those of its prompt, as
   * far as nobody there shares it, and the first that it generates.
   */
  default long tokensFor(QueuedRequest request) {
    return request.promptTokens() + 1L;
  }

  /**
   * Idle servers that take batches of any size.
   *
   * @param count how many there are, at least 1
   */
  static FreeServers of(int count) {
    return new FreeServers() {
      @Override
      public int count() {
        return count;
      }

      @Override
      public boolean isFree(int server) {
        return server < count;
      }

      @Override
      public int slots() {
        return Integer.MAX_VALUE;
      }
    };
  }
}
