package io.github.batchq.experiment;

import io.github.batchq.metric.Estimate;

/**
 * An estimate from runs that are made to vary less.
 *
 * @param estimate the mean with its interval
 * @param gain estimated variance of the mean of as many independent runs over that of this one; 1
 *     where controls were left out because they did not help, NaN where it is not known
 * @param controlled whether control variates were used
 */
record ReducedEstimate(Estimate estimate, double gain, boolean controlled) {}
