/**
 * Laws and random streams. A {@link io.github.batchq.random.Law} is a probability law on the
 * nonnegative reals: an immutable value with its distribution function, moments and support, and a
 * sampler over a given stream. SSJ's {@code probdist} and {@code randvar} do the numerical work.
 * {@link io.github.batchq.random.RandomStreams} hands out the named streams of a replication; every
 * random number of a run comes from one of them. {@link io.github.batchq.random.LawFit} fits laws
 * to observed values. What theory must know of a law beyond its distribution the law says itself,
 * such as its {@link io.github.batchq.random.DensityRoot}; what it does not say is unknown. A law
 * whose values stand in a file is described where files are read, by {@code EmpiricalSpec} in
 * {@code file.data}. Nothing here knows a request or a queue. Begin with {@code Law}.
 */
@NullMarked
package io.github.batchq.random;

import org.jspecify.annotations.NullMarked;
