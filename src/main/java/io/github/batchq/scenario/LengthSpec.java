package io.github.batchq.scenario;

import io.github.batchq.random.LawSpec;
import io.github.batchq.workload.TraceSpec;
import org.jspecify.annotations.Nullable;

/** Where the true lengths of requests, or the lengths of their prompts, come from. */
public sealed interface LengthSpec {
  /** Independent lengths of a law. */
  record FromLaw(LawSpec law) implements LengthSpec {}

  /** The lengths that the trace of the arrivals recorded. */
  record FromTrace() implements LengthSpec {}

  /**
   * Requests drawn at random from a trace, each with its own prompt and length.
   *
   * @param trace the trace
   * @param from start of the part that they are drawn from, in seconds after the first arrival, or
   *     null
   * @param to its end, which it does not hold, or null
   */
  record Sampled(TraceSpec trace, @Nullable Double from, @Nullable Double to)
      implements LengthSpec {}
}
