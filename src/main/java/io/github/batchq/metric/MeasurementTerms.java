package io.github.batchq.metric;

import io.github.batchq.model.Require;
import io.github.batchq.service.ServiceTimeModel;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario must say before it can be measured, and from when on.
 *
 * @param tokens whether lengths are tokens
 * @param memory tokens for which a server has memory; {@link Long#MAX_VALUE} without a limit
 * @param limits times within which requests must be answered, or null
 * @param price of an hour of a server, busy or not, in any currency, or null; finite, at least 0
 * @param alone service model by which a request of a batch would be served alone, where its
 *     slowdown is measured, else null: it costs time, and requests that join running batches tell
 *     of themselves what they would take alone
 * @param fromFirstArrival whether the time of a run begins with its first arrival, as that of a
 *     finite run, and not at 0
 * @param roundSize requests of a round, where they come in rounds; else 0
 * @param groups when a group ends, where requests come in groups; else null
 */
public record MeasurementTerms(
    boolean tokens,
    long memory,
    @Nullable Limits limits,
    @Nullable Double price,
    @Nullable ServiceTimeModel alone,
    boolean fromFirstArrival,
    long roundSize,
    @Nullable GroupTerms groups) {
  /** Times, which every scenario has. */
  public static final MeasurementTerms TIMES =
      new MeasurementTerms(false, Long.MAX_VALUE, null, null, null);

  /** From time 0 on, of requests that come in no rounds and no groups. */
  public MeasurementTerms(
      boolean tokens,
      long memory,
      @Nullable Limits limits,
      @Nullable Double price,
      @Nullable ServiceTimeModel alone) {
    this(tokens, memory, limits, price, alone, false, 0, null);
  }

  public MeasurementTerms {
    if (price != null) {
      Require.ARGUMENT.notNegativeFinite("price, of a server per hour,", price);
    }
  }

  /** The same with the slowdown of requests in batches. */
  public MeasurementTerms withSlowdown(ServiceTimeModel model) {
    return new MeasurementTerms(
        tokens, memory, limits, price, model, fromFirstArrival, roundSize, groups);
  }
}
