/**
 * What theory says, from laws and plain numbers alone. Every value is a {@link
 * io.github.batchq.theory.TheoryResult} that carries its source and says whether it is exact, a
 * bound, an approximation or undefined. Nothing here knows a scenario, a metric or a run: this
 * package and {@code sim} cannot import each other, so their agreement is evidence. Statement
 * numbers T1, T2, ... are those of docs/theory.md, which has the proofs; other numbers are those of
 * arXiv:2412.04504.
 *
 * <p>Begin with {@link io.github.batchq.theory.BatchSystem}, the system of the base paper, and
 * {@link io.github.batchq.theory.Throughput}. Then by question:
 *
 * <ul>
 *   <li>How long does a batch take on average? {@link io.github.batchq.theory.BatchMaximum} (the
 *       mean longest length), {@link io.github.batchq.theory.BatchTime} (seconds of it), {@link
 *       io.github.batchq.theory.SortedGrouping} (sorted windows).
 *   <li>What can the servers carry? {@link io.github.batchq.theory.Throughput}, {@link
 *       io.github.batchq.theory.CapacityBounds}, {@link io.github.batchq.theory.DedicatedBins}
 *       (bins bound to servers), {@link io.github.batchq.theory.Interruptions} (servers that fail),
 *       {@link io.github.batchq.theory.LossBounds} (what k bins lose at most).
 *   <li>Where should boundaries lie? {@link io.github.batchq.theory.BoundaryRules} lists the rules;
 *       {@link io.github.batchq.theory.OptimalBoundaries} finds the best ones, {@link
 *       io.github.batchq.theory.SqrtDensity} nearly, {@link
 *       io.github.batchq.theory.ExponentialBins} and {@link io.github.batchq.theory.UniformBins} in
 *       closed form.
 *   <li>How many bins? {@link io.github.batchq.theory.EnoughBins} (for a wanted throughput), {@link
 *       io.github.batchq.theory.BestBins} (for the least latency).
 *   <li>What do wrong predictions cost? {@link io.github.batchq.theory.PredictionErrors}.
 *   <li>How long does a request wait and stay? {@link io.github.batchq.theory.Latency} (infinitely
 *       many servers), {@link io.github.batchq.theory.BatchWait} (full batches on c servers),
 *       {@link io.github.batchq.theory.BulkQueue} (a server that takes what waits), {@link
 *       io.github.batchq.theory.TimeoutBatching} (batches that close by a timeout), {@link
 *       io.github.batchq.theory.LinearBatching} (batches of any size), {@link
 *       io.github.batchq.theory.SojournTime} (its whole law).
 *   <li>What of a run that ends? {@link io.github.batchq.theory.FiniteRun} (its makespan), {@link
 *       io.github.batchq.theory.FiniteRunLatency} (its mean latency).
 *   <li>What of continuous batching? {@link io.github.batchq.theory.ContinuousSystem} (with slots),
 *       {@link io.github.batchq.theory.SharedSteps} (without a limit).
 * </ul>
 */
@NullMarked
package io.github.batchq.theory;

import org.jspecify.annotations.NullMarked;
