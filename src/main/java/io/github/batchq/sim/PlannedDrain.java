package io.github.batchq.sim;

import io.github.batchq.model.Key;
import org.jspecify.annotations.Nullable;

/**
 * A planned drain, as before maintenance: from a time on a server takes no new requests, finishes
 * those that it has, and takes new ones again from another time on.
 *
 * @param server the server's number, from 0
 * @param from seconds since the start of the run, finite, at least 0
 * @param until seconds since the start of the run, finite, later than from; never when absent
 */
public record PlannedDrain(
    @Key(
            about = "number of the server, from 0 in the order of speeds",
            unit = "1",
            range = "below the number of servers",
            example = "0")
        int server,
    @Key(
            about = "from when on the server takes no new requests, since the start of the run",
            unit = "s",
            range = "finite, at least 0",
            example = "3600")
        double from,
    @Key(
            about = "from when on it takes new requests again",
            unit = "s",
            range = "later than from, finite",
            absent = "never",
            example = "5400")
        @Nullable Double until) {
  public PlannedDrain {
    if (server < 0) {
      throw new IllegalArgumentException(
          "the server of a drain is a number from 0, found " + server);
    }
    if (!(from >= 0) || Double.isInfinite(from)) {
      throw new IllegalArgumentException(
          "a drain must begin at a finite time of at least 0 s, found " + from);
    }
    if (until != null && (!(until > from) || Double.isInfinite(until))) {
      throw new IllegalArgumentException(
          "a drain must end at a finite time after its beginning at "
              + from
              + " s, found "
              + until);
    }
  }

  /** When the server takes new requests again; infinite for never. */
  double end() {
    return until == null ? Double.POSITIVE_INFINITY : until;
  }
}
