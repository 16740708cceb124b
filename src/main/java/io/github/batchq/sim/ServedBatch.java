package io.github.batchq.sim;

import io.github.batchq.model.BadInputException;
import io.github.batchq.model.BatchShape;
import io.github.batchq.service.ServiceTimeModel;

/**
 * A batch on a server as listeners see it. The kernel uses the object again for a later batch: what
 * a listener wants to keep, it copies before it returns. Members are in the order of their arrival,
 * times are seconds since the start of the run.
 */
public final class ServedBatch {
  final double[] arrivalTimes;
  final long[] ids;
  int size;
  int bin;
  boolean flushed;
  double formedTime;
  double startTime;
  double seconds;
  double ownSeconds;
  double longestLength;
  double totalLength;

  /**
   * @param largest the most members that it may get
   */
  ServedBatch(int largest) {
    arrivalTimes = new double[largest];
    ids = new long[largest];
  }

  /** Makes it an empty batch of a bin. */
  void clear(int ofBin) {
    bin = ofBin;
    size = 0;
    longestLength = 0;
    totalLength = 0;
  }

  /** Adds a member. */
  void add(long id, double arrivalTime, double length) {
    ids[size] = id;
    arrivalTimes[size++] = arrivalTime;
    longestLength = Math.max(longestLength, length);
    totalLength += length;
  }

  /**
   * Lets a server take it.
   *
   * @return when its service ends
   * @throws BadInputException if that is at no finite time
   */
  double start(double now, ServiceTimeModel service) {
    BatchShape shape = new BatchShape(size, longestLength, totalLength);
    startTime = now;
    seconds = service.seconds(shape);
    ownSeconds = service.ownSeconds(shape);
    return SteppedSimulator.checkedTime(now + seconds, now, "a completion");
  }

  /** Number of members. */
  public int size() {
    return size;
  }

  /** Sequence number of the arrival of member {@code i}, 0 to size - 1. */
  public long id(int i) {
    return ids[i];
  }

  /** When member {@code i} arrived. */
  public double arrivalTime(int i) {
    return arrivalTimes[i];
  }

  /** The bin that the members come from, counted from 0. */
  public int bin() {
    return bin;
  }

  /** Whether the batch left because arrivals had ended. */
  public boolean flushed() {
    return flushed;
  }

  /** When the batch was ready to be served. */
  public double formedTime() {
    return formedTime;
  }

  /** When a server took it. */
  public double startTime() {
    return startTime;
  }

  /** Sum of the true lengths of its members, in the workload's unit. */
  public double totalLength() {
    return totalLength;
  }

  /** Its service time. */
  public double seconds() {
    return seconds;
  }

  /** Sum over its members of what it would take if that one were its longest, in seconds. */
  public double ownSeconds() {
    return ownSeconds;
  }
}
