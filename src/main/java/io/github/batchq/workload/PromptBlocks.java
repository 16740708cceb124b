package io.github.batchq.workload;

/**
 * The blocks of a prompt, from its beginning: equal numbers are equal blocks behind equal blocks.
 * The last one need not be full.
 */
public final class PromptBlocks {
  private final int[] ids;
  private final int start;
  private final int count;

  /**
   * @param ids numbers of blocks, among others; handed over, not copied
   * @param start where those of the prompt begin
   * @param count how many they are
   */
  PromptBlocks(int[] ids, int start, int count) {
    this.ids = ids;
    this.start = start;
    this.count = count;
  }

  /** How many they are. */
  public int count() {
    return count;
  }

  /** The number of block {@code i}, from 0. */
  public int id(int i) {
    return ids[start + i];
  }
}
