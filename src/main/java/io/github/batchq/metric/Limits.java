package io.github.batchq.metric;

import io.github.batchq.model.Key;
import org.jspecify.annotations.Nullable;

/**
 * The times within which a request must be answered: its service level objective. At least one is
 * given. A request of a batch that is served whole gets all of its tokens when it leaves, so its
 * time to the first token is its time in system, and no time passes between its tokens.
 *
 * @param ttft most seconds from its arrival to its first token
 * @param tpot most seconds per token after the first, on average over the request
 * @param latency most seconds from its arrival to its end
 */
public record Limits(
    @Key(
            about = "longest time from arrival to the first token",
            unit = "s",
            range = "positive, finite",
            absent = "no such limit",
            example = "2")
        @Nullable Double ttft,
    @Key(
            about = "longest time per token after the first, on average over the request",
            unit = "s",
            range = "positive, finite",
            absent = "no such limit",
            example = "0.05")
        @Nullable Double tpot,
    @Key(
            about = "longest time in system",
            unit = "s",
            range = "positive, finite",
            absent = "no such limit",
            example = "60")
        @Nullable Double latency) {
  public Limits {
    if (ttft == null && tpot == null && latency == null) {
      throw new IllegalArgumentException(
          "limits needs at least one of ttft, tpot and latency, found none of them");
    }
    require("ttft", ttft);
    require("tpot", tpot);
    require("latency", latency);
  }

  private static void require(String name, @Nullable Double limit) {
    if (limit != null && !(limit > 0 && limit < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name + " must be a positive number of seconds, found " + limit);
    }
  }

  /** Most seconds in system of a request that gets all of its tokens when it leaves. */
  double wholeLatency() {
    return Math.min(orNone(ttft), orNone(latency));
  }

  /** Whether a request kept all of the limits. */
  boolean kept(double firstTokenSeconds, double secondsPerToken, double seconds) {
    return firstTokenSeconds <= orNone(ttft)
        && secondsPerToken <= orNone(tpot)
        && seconds <= orNone(latency);
  }

  private static double orNone(@Nullable Double limit) {
    return limit == null ? Double.POSITIVE_INFINITY : limit;
  }
}
