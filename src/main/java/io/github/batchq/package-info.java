/**
 * batchq: a queueing simulator for batching policies of LLM inference servers, with the theory of
 * those policies beside every simulated number. Each package is a room; docs/architecture.md draws
 * them, and the architecture test says what each may use.
 *
 * <p>Seven files to read first, in this order, the way of one request from a file to a number:
 *
 * <ol>
 *   <li>{@link io.github.batchq.scenario.Scenario}: what is simulated.
 *   <li>{@link io.github.batchq.file.ExperimentFile}: how it is read from a file.
 *   <li>{@link io.github.batchq.engine.Runner}: who runs it, how often and on what threads.
 *   <li>{@link io.github.batchq.scenario.KernelChoice}: which kernel makes a run.
 *   <li>{@link io.github.batchq.sim.Kernel}: what happens in it, in which order.
 *   <li>{@link io.github.batchq.policy.MultiBinBatching}: how a policy decides.
 *   <li>{@link io.github.batchq.expectation.PolicyTheory}: what theory says of it.
 * </ol>
 */
@NullMarked
package io.github.batchq;

import org.jspecify.annotations.NullMarked;
