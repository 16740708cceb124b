package io.github.batchq.experiment;

import io.github.batchq.service.ServiceTimeModel;
import io.github.batchq.workload.Trace.LengthUnit;

/**
 * Service times of a scenario: where lengths come from, what they are, and how long a batch takes.
 *
 * @param lengths the source of lengths
 * @param unit what lengths are: tokens, or service times in seconds
 * @param model service time of a batch
 */
public record ServiceSpec(LengthSpec lengths, LengthUnit unit, ServiceTimeModel model) {}
