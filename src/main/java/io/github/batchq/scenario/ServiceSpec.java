package io.github.batchq.scenario;

import io.github.batchq.service.ServiceModelSpec;
import io.github.batchq.workload.Trace.LengthUnit;
import org.jspecify.annotations.Nullable;

/**
 * Service times of a scenario: where lengths come from, what they are, and how long a batch takes.
 *
 * @param lengths the source of lengths
 * @param unit what lengths are: tokens, or service times in seconds
 * @param model service time of a batch
 * @param prompts where numbers of prompt tokens come from; as a replayed trace has them when absent
 */
public record ServiceSpec(
    LengthSpec lengths, LengthUnit unit, ServiceModelSpec model, @Nullable LengthSpec prompts) {
  /** Requests have prompts only where a replayed trace has them. */
  public ServiceSpec(LengthSpec lengths, LengthUnit unit, ServiceModelSpec model) {
    this(lengths, unit, model, null);
  }
}
