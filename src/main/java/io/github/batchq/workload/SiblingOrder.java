package io.github.batchq.workload;

import java.util.function.IntSupplier;

/**
 * Goes through the requests of groups, or of conversations, one after the other in the order in
 * which they are drawn.
 */
public final class SiblingOrder {
  private final IntSupplier sizes;
  private int left;

  SiblingOrder(IntSupplier sizes) {
    this.sizes = sizes;
  }

  /** Whether the next request is the first of its group. */
  public boolean nextIsFirst() {
    boolean first = left == 0;
    left = first ? sizes.getAsInt() - 1 : left - 1;
    return first;
  }
}
