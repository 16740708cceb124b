package io.github.batchq.study;

import io.github.batchq.metric.Estimate;

/**
 * What a grouping of lengths is worth.
 *
 * @param gain requests per second of a busy server over those of the order of arrival, with its
 *     interval where there are enough requests for one; 1 is no gain
 * @param padding share of a batch's padded length that belongs to no request, in [0,1)
 * @param batches number of batches, incomplete ones included, at least 1
 */
public record GroupingGain(Estimate gain, double padding, long batches) {}
