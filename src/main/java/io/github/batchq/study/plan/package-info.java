/**
 * The decision: which policy, with how many bins, which batch size, which boundaries and how many
 * servers, for some traffic, requirements and a price. {@link
 * io.github.batchq.study.plan.PlanSearch} removes what theory decides, races what is left, and runs
 * the best again on fresh streams; {@link io.github.batchq.study.plan.PlanResult} is what it found,
 * {@link io.github.batchq.study.plan.PlanTables} and {@link io.github.batchq.study.plan.PlanWords}
 * say it. The question itself is read in {@code file}; nothing here reads or writes files. Begin
 * with {@code PlanSearch}.
 */
@NullMarked
package io.github.batchq.study.plan;

import org.jspecify.annotations.NullMarked;
