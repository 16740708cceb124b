package io.github.batchq.workload;

import io.github.batchq.model.Require;

/**
 * What a request has in common with others: the siblings of a group, the turns of a conversation.
 *
 * @param family number of the group or the conversation, from 0
 * @param sharedTokens how many tokens of the prompt, from its beginning, others of the family have
 *     too; at least 0
 * @param siblings how many come together with it, it among them; 1 where its kin come one after the
 *     other
 * @param scores whether it scores the answers of its siblings, and is none of them
 */
public record Kinship(long family, int sharedTokens, int siblings, boolean scores) {
  /** A request whose kin come one after the other. */
  public Kinship(long family, int sharedTokens) {
    this(family, sharedTokens, 1, false);
  }

  public Kinship {
    Require.ARGUMENT.atLeast("sharedTokens", sharedTokens, 0);
  }
}
