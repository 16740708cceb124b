/**
 * Questions over many runs. A {@link io.github.batchq.study.PolicyComparison} sets the points of an
 * experiment beside a baseline, a {@link io.github.batchq.study.PolicySelection} selects the best,
 * a {@link io.github.batchq.study.Capacity} searches the largest rate, {@link
 * io.github.batchq.study.BestValues} tells where each policy wins. A {@link
 * io.github.batchq.study.WorkloadFit} and a {@link io.github.batchq.study.PredictorFit} make an
 * experiment of a trace, a {@link io.github.batchq.study.TwinRun} sets a measured run beside its
 * replay, a {@link io.github.batchq.study.GroupingStudy} says what grouping by length is worth on
 * known lengths. A {@link io.github.batchq.study.Simulation} is an experiment without a file, for
 * Java programs and notebooks. Begin with {@code Simulation}.
 */
@NullMarked
package io.github.batchq.study;

import org.jspecify.annotations.NullMarked;
