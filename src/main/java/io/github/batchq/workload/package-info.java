/**
 * The truth about traffic: when requests arrive and how long they really are. An {@link
 * io.github.batchq.workload.ArrivalSpec} describes an arrival process, a {@link
 * io.github.batchq.workload.TraceSpec} a recorded trace, and a {@link
 * io.github.batchq.workload.RequestSource} delivers the requests of one run. A {@link
 * io.github.batchq.workload.LengthPredictor} is the only bridge from a true length to what a policy
 * may see; one may have learnt from a trace how lengths go with prompts. {@link
 * io.github.batchq.workload.TraceStatistics} says what a trace is, and a {@link
 * io.github.batchq.workload.TraceClock} what its times can tell.
 */
@NullMarked
package io.github.batchq.workload;

import org.jspecify.annotations.NullMarked;
