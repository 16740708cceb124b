/**
 * What theory says of a scenario, from laws and plain numbers alone: the mean service time of a
 * batch, throughput and capacity, the number of bins for a wanted throughput, bin boundaries,
 * prediction errors, latency with infinitely many servers, the finite run, bulk-service queues,
 * batches with a timeout and continuous batching. Every value is a {@link
 * io.github.batchq.theory.TheoryResult} that carries its source and says whether it is exact, a
 * bound or an approximation. This package and {@code sim} cannot import each other, so their
 * agreement is evidence. Statement numbers are those of arXiv:2412.04504 where they are not said to
 * be ours.
 */
@NullMarked
package io.github.batchq.theory;

import org.jspecify.annotations.NullMarked;
