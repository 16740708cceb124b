package io.github.batchq.scenario;

import io.github.batchq.random.Sampler;
import io.github.batchq.random.StreamName;
import io.github.batchq.workload.Trace;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the lengths and prompts of a replication's requests come from: laws, the trace that
 * arrivals replay, or requests drawn from a trace.
 */
final class RequestStreams {
  private final Replication replication;
  private final Traffic traffic;

  RequestStreams(Replication replication) {
    this.replication = replication;
    this.traffic = replication.scenario().traffic();
  }

  /** Their prompts, in tokens; null where they have none. */
  @Nullable IntSupplier prompts() {
    if (traffic.promptLaw() == null) {
      RequestRows rows = promptRows();
      return rows == null ? null : () -> rows.trace().promptTokens(rows.next().getAsInt());
    }
    Sampler tokens = traffic.promptLaw().sampler(replication.stream(StreamName.PROMPTS));
    return () -> (int) Math.min(Integer.MAX_VALUE, Math.max(0, Math.round(tokens.getAsDouble())));
  }

  /** Their lengths. */
  DoubleSupplier lengths() {
    if (traffic.phases() != null) {
      return traffic.phases().lengths(replication.stream(StreamName.SERVICE));
    }
    RequestRows rows = lengthRows();
    return rows == null
        ? traffic.lengthLaw().sampler(replication.stream(StreamName.SERVICE))
        : () -> rows.trace().length(rows.next().getAsInt());
  }

  /** What their trace recorded as predicted of their lengths; null where it recorded nothing. */
  @Nullable DoubleSupplier predictions() {
    RequestRows rows = lengthRows();
    return rows == null || !rows.trace().hasPredictions()
        ? null
        : () -> rows.trace().predicted(rows.next().getAsInt());
  }

  /**
   * Requests of a trace, one after the other. Who asks twice gets two equal sequences, so the
   * prompt and the length of a request are those of the same row.
   */
  private record RequestRows(Trace trace, IntSupplier next) {}

  private @Nullable RequestRows lengthRows() {
    return traffic.sample() != null
        ? new RequestRows(
            traffic.sample().trace(), traffic.sample().rows(replication.stream(StreamName.SERVICE)))
        : arrivalRows(traffic.lengthTrace());
  }

  private @Nullable RequestRows promptRows() {
    return traffic.sample() != null ? lengthRows() : arrivalRows(traffic.arrivals().trace());
  }

  private @Nullable RequestRows arrivalRows(@Nullable Trace trace) {
    return trace == null
        ? null
        : new RequestRows(
            trace, traffic.arrivals().traceRows(replication.stream(StreamName.ARRIVALS)));
  }
}
