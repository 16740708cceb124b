package io.github.batchq.workload;

import io.github.batchq.model.Require;
import org.jspecify.annotations.Nullable;

/**
 * What a request has in common with others: the siblings of a group, the turns of a conversation,
 * requests of a trace that begin alike.
 *
 * @param family number of the group or the conversation, from 0; that of the request itself where
 *     blocks tell what it has in common with others
 * @param sharedTokens how many tokens of the prompt, from its beginning, others of the family have
 *     too; at least 0
 * @param siblings how many come together with it, it among them; 1 where its kin come one after the
 *     other
 * @param scores whether it scores the answers of its siblings, and is none of them
 * @param knownTokens tokens of the prompt that need no processing wherever it is served, at least 0
 * @param blocks what its prompt consists of, where a trace tells it; else null
 */
public record Kinship(
    long family,
    int sharedTokens,
    int siblings,
    boolean scores,
    int knownTokens,
    @Nullable PromptBlocks blocks) {
  public Kinship {
    Require.ARGUMENT.atLeast("sharedTokens", sharedTokens, 0);
    Require.ARGUMENT.atLeast("knownTokens", knownTokens, 0);
  }

  /**
   * One of the requests of a group, or the one that scores them.
   *
   * @param sharedTokens tokens of the prompt of whose work and memory siblings share
   */
  public static Kinship ofGroup(long group, int sharedTokens, int siblings, boolean scores) {
    return new Kinship(group, sharedTokens, siblings, scores, 0, null);
  }

  /**
   * A turn of a conversation.
   *
   * @param said tokens of all that was said before
   * @param knownTokens how many of them need no processing
   */
  public static Kinship ofConversation(long conversation, int said, int knownTokens) {
    return new Kinship(conversation, said, 1, false, knownTokens, null);
  }

  /** A request whose prompt a trace tells block by block. */
  static Kinship ofBlocks(long request, PromptBlocks blocks) {
    return new Kinship(request, 0, 1, false, 0, blocks);
  }

  /** Whether its siblings share the work and the memory of its whole prompt. */
  public boolean sharesPrompt() {
    return siblings > 1 && sharedTokens > 0;
  }
}
