/**
 * The discrete-event kernel. {@link io.github.batchq.sim.Kernel} runs on an instance of SSJ's
 * {@code Simulator}: it pulls requests, tells the policy, asks for decisions while a server is
 * free, and tells listeners what happened. It knows no policy and no metric. Where requests join
 * and leave running batches, {@link io.github.batchq.sim.StepKernel} does the same between token
 * steps.
 */
@NullMarked
package io.github.batchq.sim;

import org.jspecify.annotations.NullMarked;
