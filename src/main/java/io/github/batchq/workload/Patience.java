package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.random.LawSpec;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long clients wait before they give up. The clock of a client starts when it means to send its
 * request: if it holds the request back, it waits as much as if the server did.
 *
 * @param law law of the seconds that a client waits
 * @param in how far it may be before it does not give up any more; {@link In#QUEUE} when absent
 */
public record Patience(
    @Key(
            about = "law of the time that a client waits, from when it means to send its request",
            unit = "s",
            example = "{law: exponential, rate: 0.1}")
        LawSpec law,
    @Key(
            about =
                "until when a client gives up whose patience ends: until its service starts, or until it is answered",
            absent = "queue",
            example = "all")
        @Nullable In in) {

  /** How far a request may be before its client does not give up any more. */
  public enum In {
    /** Until its service starts, also in a batch that was formed and waits. */
    QUEUE,
    /** Until it is answered. */
    ALL;

    /** The name in experiment files. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether clients give up in service too. */
  public boolean inService() {
    return in == In.ALL;
  }
}
