package io.github.batchq.metric;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of a run that is not measured, in one of two ways. Measurement begins at the
 * arrival of the first request that counts, or at the given time. Requests that arrive before do
 * not count; throughput and utilization refer to the time after.
 *
 * @param requests number of first requests that do not count; null if {@code time} is given
 * @param time seconds from the start; null if {@code requests} is given
 */
public record WarmUp(@Nullable Long requests, @Nullable Double time) {
  /** No warm-up, as in arXiv:2412.04504. */
  public static final WarmUp NONE = new WarmUp(0L, null);

  /** Checks that there is exactly one of the two, not negative. */
  public WarmUp {
    if ((requests == null) == (time == null)) {
      throw new IllegalArgumentException("warm-up is either a number of requests or a time");
    }
    if (requests != null && requests < 0) {
      throw new IllegalArgumentException("requests must be at least 0, found " + requests);
    }
    if (time != null && (!(time >= 0) || time.isInfinite())) {
      throw new IllegalArgumentException("time must be at least 0 and finite, found " + time);
    }
  }
}
