/**
 * The truth about traffic: when requests arrive and how long they really are. An {@link
 * io.github.batchq.workload.ArrivalSpec} describes an arrival process, a {@link
 * io.github.batchq.workload.TraceSpec} a recorded trace, and a {@link
 * io.github.batchq.workload.RequestSource} delivers the requests of one run. No file is read here:
 * a {@link io.github.batchq.workload.Trace} is made of rows by a {@link
 * io.github.batchq.workload.TraceBuilder}, and the formats of traces live in {@code file.trace}. A
 * {@link io.github.batchq.workload.LengthPredictor} is the only bridge from a true length to what a
 * policy may see; {@link io.github.batchq.workload.LearntLengths} is one that was learnt from
 * prompts. {@link io.github.batchq.workload.TraceStatistics} says what a trace is, and a {@link
 * io.github.batchq.workload.TraceClock} what its times can tell.
 */
@NullMarked
package io.github.batchq.workload;

import org.jspecify.annotations.NullMarked;
