package io.github.batchq.workload;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers that are added one after the other and never moved: a column of millions of them grows
 * without a copy.
 */
final class DoubleColumn {
  private static final int BITS = 14;
  private static final int PART = 1 << BITS;

  private final List<double[]> parts = new ArrayList<>();
  private int size;

  int size() {
    return size;
  }

  double get(int i) {
    return parts.get(i >> BITS)[i & (PART - 1)];
  }

  void add(double value) {
    if (size == parts.size() << BITS) {
      parts.add(new double[PART]);
    }
    parts.get(size >> BITS)[size & (PART - 1)] = value;
    size++;
  }

  /** The numbers of some places, in the order of these, less an origin. */
  DoubleColumn pick(int[] places, double origin) {
    DoubleColumn picked = new DoubleColumn();
    for (int place : places) {
      picked.add(get(place) - origin);
    }
    return picked;
  }
}
