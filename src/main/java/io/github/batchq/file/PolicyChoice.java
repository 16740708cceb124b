package io.github.batchq.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.batchq.policy.PolicySpec;

/**
 * One policy that a search tries.
 *
 * @param label how tables call it, such as {@code multi-bin(bins=4, batchSize=8)}
 * @param family what it is without its numbers, such as {@code multi-bin} or {@code
 *     multi-bin(partial=true)}
 * @param tree its keys as an experiment file has them
 * @param policy what they are bound to
 */
public record PolicyChoice(String label, String family, ObjectNode tree, PolicySpec policy) {
  /** The value of one of its keys as a file writes it; empty where it is left out. */
  public String value(String key) {
    return tree.has(key) ? Sweep.text(tree.path(key)) : "";
  }
}
