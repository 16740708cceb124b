package io.github.batchq.experiment;

import io.github.batchq.random.LawSpec;

/** Where the true lengths of requests, or the lengths of their prompts, come from. */
public sealed interface LengthSpec {
  /** Independent lengths of a law. */
  record FromLaw(LawSpec law) implements LengthSpec {}

  /** The lengths that the replayed trace recorded. */
  record FromTrace() implements LengthSpec {}
}
