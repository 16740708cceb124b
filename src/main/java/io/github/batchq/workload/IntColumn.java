package io.github.batchq.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * Whole numbers that are added one after the other and never moved: a column of millions of them
 * grows without a copy.
 */
final class IntColumn {
  private static final int BITS = 14;
  private static final int PART = 1 << BITS;

  private final List<int[]> parts = new ArrayList<>();
  private int size;

  int size() {
    return size;
  }

  int get(int i) {
    return parts.get(i >> BITS)[i & (PART - 1)];
  }

  void add(int value) {
    if (size == parts.size() << BITS) {
      parts.add(new int[PART]);
    }
    parts.get(size >> BITS)[size & (PART - 1)] = value;
    size++;
  }
}
