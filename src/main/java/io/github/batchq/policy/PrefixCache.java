package io.github.batchq.policy;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import org.jspecify.annotations.Nullable;

/**
 * What a server keeps of prompts and answers that nobody uses any more, block by block: a later
 * request that begins with the same blocks need not process them (vLLM's automatic prefix caching;
 * Zheng et al., "SGLang", 2024). It is memory beside that of the running requests, whose prompts
 * take their room there whether they were kept or not. What was used least recently goes first.
 *
 * @param tokens how many are kept that nobody uses, at least 0
 * @param block tokens of a block, at least 1; 16 when absent
 */
public record PrefixCache(
    @Key(
            about = "tokens that a server keeps though nobody uses them, beside memory",
            unit = "tokens",
            range = "at least 0",
            example = "200000")
        long tokens,
    @Key(
            about = "tokens of a block; 512 where a Mooncake trace tells the blocks",
            unit = "tokens",
            range = "at least 1",
            absent = "16",
            example = "512")
        @Nullable Integer block) {
  private static final int BLOCK = 16;

  public PrefixCache {
    Require.ARGUMENT.atLeast("tokens", tokens, 0);
    if (block != null) {
      Require.ARGUMENT.atLeast("block", block, 1);
    }
  }

  /**
   * The same where a trace tells the blocks.
   *
   * @param given tokens of its blocks
   * @throws IllegalArgumentException if blocks of another size were asked for
   */
  public PrefixCache inBlocksOf(int given) {
    if (block != null && block != given) {
      throw new IllegalArgumentException(
          "block of prefixCache must be "
              + given
              + ", as the trace tells prompts in blocks of so many tokens, found "
              + block);
    }
    return new PrefixCache(tokens, given);
  }

  /** Tokens of a block. */
  public int blockTokens() {
    return block == null ? BLOCK : block;
  }
}
