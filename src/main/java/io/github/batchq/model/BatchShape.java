package io.github.batchq.model;

/**
 * What a service-time model needs to know of a batch.
 *
 * @param size number of requests, at least 1
 * @param longestLength largest true length in the batch, in the workload's unit of length
 * @param totalLength sum of the true lengths in the batch, in the same unit
 * @param promptTokens sum of its requests' prompt tokens; 0 where the workload has none or the
 *     model does not read it
 */
public record BatchShape(int size, double longestLength, double totalLength, long promptTokens) {}
