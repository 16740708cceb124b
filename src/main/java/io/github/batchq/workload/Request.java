package io.github.batchq.workload;

import io.github.batchq.model.QueuedRequest;

/**
 * A request with its true length. Policies see it as a {@link QueuedRequest}, without {@link
 * #length()}.
 *
 * @param id sequence number of the arrival, from 0
 * @param arrivalTime seconds since the start of the run
 * @param promptTokens number of prompt tokens; 0 where the workload has none
 * @param length true length: tokens or seconds, as the workload counts
 * @param predictedLength what the predictor said on arrival, in the same unit
 */
public record Request(
    long id, double arrivalTime, int promptTokens, double length, double predictedLength)
    implements QueuedRequest {}
