package io.github.batchq.workload;

/**
 * The blocks of a prompt, from its beginning: equal numbers are equal blocks behind equal blocks.
 * The last one need not be full.
 */
public final class PromptBlocks {
  private final int[] ids;

  private PromptBlocks(int[] ids) {
    this.ids = ids;
  }

  /**
   * Blocks by their numbers.
   *
   * @param ids from the beginning of the prompt on; handed over, not copied
   */
  public static PromptBlocks of(int[] ids) {
    return new PromptBlocks(ids);
  }

  /** How many they are. */
  public int count() {
    return ids.length;
  }

  /** The number of block {@code i}, from 0. */
  public int id(int i) {
    return ids[i];
  }
}
