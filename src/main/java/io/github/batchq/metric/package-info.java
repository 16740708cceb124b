/**
 * What is measured in a run, and how it is estimated over runs. {@link
 * io.github.batchq.metric.RunStatistics} listens to one run and tells the statistics of each
 * subject, which keep their own sums; a {@link io.github.batchq.metric.Metric} reads one number
 * from them; an {@link io.github.batchq.metric.Estimate} is the mean of that number over
 * replications with its confidence interval, a {@link io.github.batchq.metric.PairedComparison}
 * sets two systems side by side, and {@link io.github.batchq.metric.KimNelson} selects the best of
 * several.
 */
@NullMarked
package io.github.batchq.metric;

import org.jspecify.annotations.NullMarked;
