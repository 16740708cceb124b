/**
 * An experiment from its YAML file to its rows on disk: the file as records, the sweep, the runner,
 * the table of results with theory beside simulation, and the manifest that says how they came
 * about. A {@link io.github.batchq.experiment.ResultFolder} keeps other processes out while it is
 * written to, and {@link io.github.batchq.experiment.StoredResults} reads no table that was changed
 * since. A {@link io.github.batchq.experiment.Horizon} says which question its runs answer. A
 * {@link io.github.batchq.experiment.PolicyComparison} sets its points beside a baseline, and a
 * {@link io.github.batchq.experiment.PolicySelection} selects the best. A {@link
 * io.github.batchq.experiment.Simulation} is the same without a file, for Java programs and
 * notebooks. A {@link io.github.batchq.experiment.WorkloadFit} and a {@link
 * io.github.batchq.experiment.PredictorFit} make an experiment of a trace; an {@link
 * io.github.batchq.experiment.ArrivalFit} finds the process that explains its arrivals.
 */
@NullMarked
package io.github.batchq.experiment;

import org.jspecify.annotations.NullMarked;
