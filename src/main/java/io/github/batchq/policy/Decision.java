package io.github.batchq.policy;

import io.github.batchq.model.Batch;

/** What a policy wants when a server is free. */
public sealed interface Decision {
  /** The one {@link Wait}. */
  Wait WAIT = new Wait();

  /**
   * Serve this batch now on a free server.
   *
   * @param batch waiting requests; the policy has let go of them
   */
  record Dispatch(Batch batch) implements Decision {}

  /** Nothing to serve before the next arrival or completion. */
  record Wait() implements Decision {}

  /**
   * Nothing to serve now; ask again at the latest at a given time.
   *
   * @param time seconds since the start of the run, after now
   */
  record WakeAt(double time) implements Decision {}
}
