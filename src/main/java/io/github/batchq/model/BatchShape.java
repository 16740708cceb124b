package io.github.batchq.model;

/**
 * What a service-time model needs to know of a batch.
 *
 * @param size number of requests, at least 1
 * @param longestLength largest true length in the batch, in the workload's unit of length
 * @param totalLength sum of the true lengths in the batch, in the same unit
 */
public record BatchShape(int size, double longestLength, double totalLength) {}
