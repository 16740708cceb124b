package io.github.batchq.policy;

/** What happens to partial batches when arrivals have ended. */
public enum Drain {
  /**
   * They are served as smaller batches, in the order of their oldest requests: the convention that
   * reproduces the figures of arXiv:2412.04504.
   */
  FLUSH,
  /** They are left unserved; their requests count as discarded. */
  DISCARD
}
