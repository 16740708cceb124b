package io.github.batchq.sim;

import java.util.Arrays;

/**
 * The ids of the waiting requests, one bit each in a ring that spans from the oldest of them to the
 * newest arrival. It is how the kernel notices a policy that dispatches a request twice or one that
 * it was never given.
 */
final class WaitingRequests {
  private static final int BITS = 64;

  /**
   * Bit (id mod capacity) is set while the request waits; all ids below {@code first} have left.
   */
  private long[] ring = new long[16];

  private long first;
  private long next;
  private long size;

  long size() {
    return size;
  }

  /** Adds the next request: ids come in sequence from 0. */
  void add(long id) {
    if (id != next) {
      throw new IllegalStateException("request " + id + " arrives where " + next + " was due");
    }
    if (next - first == (long) ring.length * BITS) {
      makeRoom();
    }
    ring[word(id)] |= 1L << id;
    next++;
    size++;
  }

  /**
   * Removes a request.
   *
   * @return false if it does not wait
   */
  boolean remove(long id) {
    if (id < first || id >= next) {
      return false;
    }
    int word = word(id);
    long bit = 1L << id;
    if ((ring[word] & bit) == 0) {
      return false;
    }
    ring[word] &= ~bit;
    size--;
    return true;
  }

  private int word(long id) {
    return (int) (id / BITS) & (ring.length - 1);
  }

  /**
   * Moves {@code first} past the words without a waiting request; doubles the ring if that frees
   * less than half of it.
   */
  private void makeRoom() {
    while (first < next && ring[word(first)] == 0) {
      first += BITS;
    }
    if (next - first > (long) ring.length * BITS / 2) {
      long[] old = ring;
      ring = new long[2 * old.length];
      for (long id = first; id < next; id += BITS) {
        ring[word(id)] = old[(int) (id / BITS) & (old.length - 1)];
      }
      Arrays.fill(old, 0);
    }
  }
}
