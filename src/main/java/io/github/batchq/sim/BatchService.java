package io.github.batchq.sim;

import io.github.batchq.model.Batch;

/**
 * The service of one batch.
 *
 * @param batch the batch
 * @param startTime when a server took it, in seconds since the start of the run
 * @param seconds its service time
 * @param secondsAlone the sum of what its requests would take each on their own
 */
public record BatchService(Batch batch, double startTime, double seconds, double secondsAlone) {}
