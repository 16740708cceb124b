package io.github.batchq.service;

/**
 * A measured batch.
 *
 * @param batchSize number of requests, at least 1
 * @param length longest length in the batch, finite, at least 0
 * @param seconds how long the batch took, positive and finite
 * @param promptTokens prompt tokens of all its requests, at least 0
 */
public record Measurement(int batchSize, double length, double seconds, long promptTokens) {}
