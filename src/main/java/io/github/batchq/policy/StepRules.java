package io.github.batchq.policy;

import org.jspecify.annotations.Nullable;

/**
 * How a server takes token steps where requests join and leave a running batch.
 *
 * @param memory tokens for which a server has memory, at least 1; without a limit when absent
 * @param chunk most tokens that a step processes, those of prompts and one for each request that
 *     decodes; when absent, prompts are processed in steps of their own
 * @param prefixCache what a server keeps of earlier prompts; nothing when absent
 */
public record StepRules(
    @Nullable Long memory, @Nullable Integer chunk, @Nullable PrefixCache prefixCache) {
  /**
   * The rules of a server without a limit of memory, which processes prompts in steps of their own.
   */
  public static final StepRules PLAIN = new StepRules(null, null, null);

  /** On servers that keep nothing of earlier prompts. */
  public StepRules(@Nullable Long memory, @Nullable Integer chunk) {
    this(memory, chunk, null);
  }

  public StepRules {
    if (memory != null && memory < 1) {
      throw new IllegalArgumentException("memory must be at least 1 token, found " + memory);
    }
    if (chunk != null && chunk < 1) {
      throw new IllegalArgumentException("chunk must be at least 1 token, found " + chunk);
    }
  }

  /** Tokens for which a server has memory; {@link Long#MAX_VALUE} without a limit. */
  public long memoryLimit() {
    return memory == null ? Long.MAX_VALUE : memory;
  }

  /**
   * Refuses chunks that leave no room for prompts beside B requests that decode.
   *
   * @throws IllegalArgumentException if they do
   */
  void check(int batchSize) {
    if (chunk != null && chunk <= batchSize) {
      throw new IllegalArgumentException(
          "chunk must be more than the batch size "
              + batchSize
              + ", so that prompts find room beside a token for each request, found "
              + chunk);
    }
  }
}
