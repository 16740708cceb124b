package io.github.batchq.policy;

import io.github.batchq.model.Batch;

/** What a policy wants when a server is free. */
public sealed interface Decision {
  /** The one {@link Wait}. */
  Wait WAIT = new Wait();

  /**
   * Serve this batch now.
   *
   * @param batch waiting requests; the policy has let go of them
   * @param server the free server that takes it, or {@link #ANY_SERVER}
   */
  record Dispatch(Batch batch, int server) implements Decision {
    /** Stands for whichever server is free. */
    public static final int ANY_SERVER = -1;

    /** Serve this batch now on any free server. */
    public Dispatch(Batch batch) {
      this(batch, ANY_SERVER);
    }
  }

  /** Nothing to serve before the next arrival or completion. */
  record Wait() implements Decision {}

  /**
   * Nothing to serve now; ask again at the latest at a given time.
   *
   * @param time seconds since the start of the run, after now
   */
  record WakeAt(double time) implements Decision {}
}
