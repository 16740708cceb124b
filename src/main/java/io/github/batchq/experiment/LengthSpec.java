package io.github.batchq.experiment;

import io.github.batchq.random.LawSpec;
import io.github.batchq.workload.TraceSpec;

/** Where the true lengths of requests, or the lengths of their prompts, come from. */
public sealed interface LengthSpec {
  /** Independent lengths of a law. */
  record FromLaw(LawSpec law) implements LengthSpec {}

  /** The lengths that the trace of the arrivals recorded. */
  record FromTrace() implements LengthSpec {}

  /** Requests drawn at random from a trace, each with its own prompt and length. */
  record Sampled(TraceSpec trace) implements LengthSpec {}
}
