/**
 * The kernels: what happens in one run, in which order. {@link io.github.batchq.sim.Kernel} serves
 * batches that hold their servers, as events on an instance of SSJ's {@code Simulator}; {@link
 * io.github.batchq.sim.StepKernel} serves requests that join and leave running batches between
 * token steps; {@link io.github.batchq.sim.FullBatchKernel} computes what the first one does with
 * full batches, by a recursion. {@code Turn} is the order of what happens at one instant, and
 * {@code RequestFlow} what becomes of requests, in all event kernels alike. A kernel pulls
 * requests, asks the policy while a server is free, and tells listeners what happened. It knows no
 * policy by name, no metric and no theory. Begin with {@code Kernel}.
 */
@NullMarked
package io.github.batchq.sim;

import org.jspecify.annotations.NullMarked;
