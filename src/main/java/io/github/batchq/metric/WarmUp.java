package io.github.batchq.metric;

import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a run that is not measured, in one of three ways. Measurement begins at the
 * arrival of the first request that counts, at the given time, or where a rule finds that the run
 * has become steady. Requests that arrive before do not count; throughput and utilization refer to
 * the time after.
 *
 * @param requests number of first requests that do not count, or null
 * @param time seconds from the start, or null
 * @param detect rule that finds the number of first requests that do not count, or null
 */
public record WarmUp(
    @Key(
            about = "first requests that are not measured",
            unit = "requests",
            range = "at least 0",
            absent = "time or detect is given",
            example = "1000")
        @Nullable Long requests,
    @Key(
            about = "time from the start that is not measured",
            unit = "s",
            range = "finite, at least 0",
            absent = "requests or detect is given",
            example = "600",
            insteadOf = "requests")
        @Nullable Double time,
    @Key(
            about = "rule that finds the end of the warm-up in each run",
            absent = "requests or time is given",
            example = "mser5",
            insteadOf = "requests")
        @Nullable Detection detect) {
  /** A rule that finds the end of the warm-up in a run itself. */
  public enum Detection {
    /**
     * The rule MSER-5 on the times in system. The run is made twice: to find the end of its
     * warm-up, and to measure what follows. A run in which the rule finds no end is measured from
     * its middle.
     */
    MSER5
  }

  /** No warm-up, as in arXiv:2412.04504. */
  public static final WarmUp NONE = new WarmUp(0L, null);

  /** A number of first requests or a time. */
  public WarmUp(@Nullable Long requests, @Nullable Double time) {
    this(requests, time, null);
  }

  /** Checks that there is exactly one of the three, not negative. */
  public WarmUp {
    int given = (requests == null ? 0 : 1) + (time == null ? 0 : 1) + (detect == null ? 0 : 1);
    if (given != 1) {
      throw new IllegalArgumentException(
          "warm-up is one of a number of requests, a time, or 'detect: mser5', found " + given);
    }
    if (requests != null) {
      Require.ARGUMENT.atLeast("requests", requests, 0);
    }
    if (time != null) {
      Require.ARGUMENT.notNegativeFinite("time", time);
    }
  }
}
