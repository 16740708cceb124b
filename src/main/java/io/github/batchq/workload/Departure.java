package io.github.batchq.workload;

/** How a request leaves the system. */
public enum Departure {
  /** It was answered. */
  COMPLETED,

  /** Its server failed, and it is not served again. */
  LOST,

  /** Its client gave up before it was answered. */
  ABANDONED,

  /** Its client called it back, since others have given the answer that it was to give. */
  CANCELLED
}
