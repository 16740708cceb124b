package io.github.batchq.sim;

import io.github.batchq.policy.PrefixCache;
import io.github.batchq.workload.Kinship;
import io.github.batchq.workload.PromptBlocks;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The blocks of prompts and answers on a server: those that running requests use, and those that it
 * keeps though nobody does. A request uses the blocks that it finds from when it joins, and those
 * that it makes from the end of its prompt, or of its answer, on.
 */
final class BlockCache {
  /** Apart from the numbers of a trace, which are ints. */
  private static final int FAMILY_SHIFT = 32;

  private final int blockTokens;
  private final long capacity;

  /** How many requests use each block that is used. */
  private final Map<Long, Integer> used = new HashMap<>();

  /** Blocks that nobody uses, the one that was used least recently first. */
  private final Set<Long> unused = new LinkedHashSet<>();

  BlockCache(PrefixCache rules) {
    this.blockTokens = rules.blockTokens();
    this.capacity = rules.tokens() / blockTokens;
  }

  private static long key(Kinship kinship, int block) {
    PromptBlocks blocks = kinship.blocks();
    return blocks == null ? ((kinship.family() + 1) << FAMILY_SHIFT) + block : blocks.id(block);
  }

  /** How many blocks the first tokens of a request are. */
  private int blocks(Kinship kinship, long tokens) {
    PromptBlocks blocks = kinship.blocks();
    return blocks == null ? (int) (tokens / blockTokens) : blocks.count();
  }

  /**
   * A request joins and uses the blocks with which it begins, as far as they are here.
   *
   * @return tokens that it need not process; the last one it always does
   */
  int join(ServedRequest request, Kinship kinship) {
    int blocks = blocks(kinship, request.prefillTokens);
    int found = 0;
    while (found < blocks && isHere(key(kinship, found))) {
      use(key(kinship, found++));
    }
    request.prompt.blocks = found;
    return (int) Math.max(0, Math.min((long) found * blockTokens, request.prefillTokens - 1L));
  }

  private boolean isHere(long key) {
    return used.containsKey(key) || unused.contains(key);
  }

  private void use(long key) {
    unused.remove(key);
    used.merge(key, 1, Integer::sum);
  }

  /** A request has processed its first tokens, and uses the blocks that it has made of them. */
  void processed(ServedRequest request, Kinship kinship, long tokens) {
    int blocks = blocks(kinship, tokens);
    while (request.prompt.blocks < blocks) {
      use(key(kinship, request.prompt.blocks++));
    }
  }

  /** A request leaves; what nobody uses any more is kept as far as there is room. */
  void leave(ServedRequest request, Kinship kinship) {
    // The end of a prompt is of no use without its beginning.
    while (request.prompt.blocks > 0) {
      long key = key(kinship, --request.prompt.blocks);
      if (used.merge(key, -1, Integer::sum) == 0) {
        used.remove(key);
        unused.add(key);
      }
    }
    Iterator<Long> oldest = unused.iterator();
    while (unused.size() > capacity) {
      oldest.next();
      oldest.remove();
    }
  }

  /** The server has failed, and what it kept is gone. */
  void clear() {
    used.clear();
    unused.clear();
  }
}
