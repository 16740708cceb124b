package io.github.batchq.workload;

import io.github.batchq.model.Require;

/**
 * What a request has in common with others: the siblings of a group, the turns of a conversation.
 *
 * @param family number of the group or the conversation, from 0
 * @param sharedTokens how many tokens of the prompt, from its beginning, others of the family have
 *     too; at least 0
 */
public record Kinship(long family, int sharedTokens) {
  public Kinship {
    Require.ARGUMENT.atLeast("sharedTokens", sharedTokens, 0);
  }
}
