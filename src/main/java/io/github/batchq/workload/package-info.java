/**
 * The truth about traffic: when requests arrive and how long they really are. An {@link
 * io.github.batchq.workload.ArrivalSpec} describes an arrival process, a {@link
 * io.github.batchq.workload.TraceSpec} a recorded trace, and a {@link
 * io.github.batchq.workload.RequestSource} delivers the requests of one run. No file is read here:
 * a {@link io.github.batchq.workload.Trace} is made of rows by a {@link
 * io.github.batchq.workload.TraceBuilder}, and the formats of traces live in {@code file.trace}. A
 * {@link io.github.batchq.workload.LengthPredictor} is the only bridge from a true length to what a
 * policy may see; {@link io.github.batchq.workload.LearntLengths} is one that was learnt from
 * prompts.
 *
 * <p>Most sources are deaf to what the system does. Others are told of every request that leaves
 * and answer with new ones, or call requests back: clients of a closed loop, rounds, groups whose
 * answers are scored, conversations ({@link io.github.batchq.workload.ArrivingRequests}). They may
 * be put into each other: groups start by any process, and clients with patience or a limit of what
 * is in flight stand before any source. What a request has in common with others is its {@link
 * io.github.batchq.workload.Kinship}. Whatever a source draws, it draws in an order that does not
 * depend on the system, so that policies are compared by common random numbers.
 *
 * <p>{@link io.github.batchq.workload.TraceStatistics} says what a trace is, and a {@link
 * io.github.batchq.workload.TraceClock} what its times can tell.
 */
@NullMarked
package io.github.batchq.workload;

import org.jspecify.annotations.NullMarked;
