package io.github.batchq.workload;

/** The blocks of one prompt after the other. */
final class BlockColumn {
  private final IntColumn ids = new IntColumn();
  private final IntColumn ends = new IntColumn();

  void add(PromptBlocks blocks) {
    for (int i = 0; i < blocks.count(); i++) {
      ids.add(blocks.id(i));
    }
    ends.add(ids.size());
  }

  /** Those of a row. */
  PromptBlocks get(int row) {
    int start = row == 0 ? 0 : ends.get(row - 1);
    int[] own = new int[ends.get(row) - start];
    for (int i = 0; i < own.length; i++) {
      own[i] = ids.get(start + i);
    }
    return PromptBlocks.of(own);
  }

  /** Those of some rows, one after the other. */
  BlockColumn pick(int[] rows) {
    BlockColumn picked = new BlockColumn();
    for (int row : rows) {
      picked.add(get(row));
    }
    return picked;
  }
}
