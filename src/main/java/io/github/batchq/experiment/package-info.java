/**
 * Points times replications: an {@link io.github.batchq.experiment.Experiment} lays out the points
 * of its sweep, {@link io.github.batchq.experiment.RunResults} estimates over their replications
 * and puts theory beside, with {@link io.github.batchq.experiment.VarianceReduction} and {@link
 * io.github.batchq.experiment.Precision} where they are asked for. How it is read from a file
 * stands in {@code file}, where its runs are executed in {@code engine}.
 */
@NullMarked
package io.github.batchq.experiment;

import org.jspecify.annotations.NullMarked;
