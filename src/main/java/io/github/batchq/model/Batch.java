package io.github.batchq.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Requests that a policy has grouped to be served together. Immutable.
 *
 * <p>A policy hands its array over when it makes a batch and must not change it afterwards; copying
 * it for every batch would cost more than the rest of the policy.
 */
public final class Batch {
  private final QueuedRequest[] requests;
  private final int bin;
  private final double formedTime;
  private final boolean flushed;
  private final long newest;

  /**
   * @param requests the members in the order of their arrival, at least one; handed over, not
   *     copied
   * @param bin the bin that they come from; 0 where the policy has no bins
   * @param formedTime when the batch was ready to be served, in seconds
   * @param flushed whether it left because arrivals had ended rather than because the policy's rule
   *     was met
   * @throws IllegalArgumentException if there are no members
   */
  public Batch(QueuedRequest[] requests, int bin, double formedTime, boolean flushed) {
    if (requests.length == 0) {
      throw new IllegalArgumentException("a batch needs at least one request");
    }
    this.requests = requests;
    this.bin = bin;
    this.formedTime = formedTime;
    this.flushed = flushed;
    this.newest = requests[requests.length - 1].id();
  }

  private Batch(Batch batch, QueuedRequest[] requests) {
    this.requests = requests;
    this.bin = batch.bin;
    this.formedTime = batch.formedTime;
    this.flushed = batch.flushed;
    this.newest = batch.newest;
  }

  /**
   * The batch without a member, whose place stays empty.
   *
   * @param id sequence number of the request
   * @return this batch if the request is not in it; null if nobody is left
   */
  public @Nullable Batch without(long id) {
    int place = 0;
    while (place < requests.length && requests[place].id() != id) {
      place++;
    }
    if (place == requests.length) {
      return this;
    }
    if (requests.length == 1) {
      return null;
    }
    QueuedRequest[] others = Arrays.copyOf(requests, requests.length - 1);
    System.arraycopy(requests, place + 1, others, place, others.length - place);
    return new Batch(this, others);
  }

  /** Number of members. */
  public int size() {
    return requests.length;
  }

  /** Member {@code i}, 0 to size - 1. */
  public QueuedRequest get(int i) {
    return requests[i];
  }

  /** Sequence number of the member that came last, even if it has left the batch since. */
  public long newest() {
    return newest;
  }

  /** The bin that the members come from, counted from 0. */
  public int bin() {
    return bin;
  }

  /** When the batch was ready to be served, in seconds since the start of the run. */
  public double formedTime() {
    return formedTime;
  }

  /** Whether the batch left because arrivals had ended. */
  public boolean flushed() {
    return flushed;
  }
}
