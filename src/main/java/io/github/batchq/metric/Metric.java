package io.github.batchq.metric;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A quantity of a run.
 *
 * @param id name in experiment files and column of the results
 * @param unit s, req/s, requests, batches, or 1 for a share
 * @param description one line
 * @param direction which values are good
 * @param value reads it from a run's statistics; NaN where it is not defined
 */
public record Metric(
    String id,
    String unit,
    String description,
    Direction direction,
    ToDoubleFunction<RunStatistics> value) {
  /** All metrics. */
  public static final List<Metric> ALL =
      List.of(
          new Metric(
              "throughput",
              "req/s",
              "completed requests over the time of the last completion",
              Direction.HIGHER_IS_BETTER,
              RunStatistics::throughput),
          new Metric(
              "latency.mean",
              "s",
              "mean time in system",
              Direction.LOWER_IS_BETTER,
              RunStatistics::meanLatency),
          new Metric(
              "latency.p50",
              "s",
              "median time in system",
              Direction.LOWER_IS_BETTER,
              run -> run.latencyQuantile(0.50)),
          new Metric(
              "latency.p95",
              "s",
              "95 % quantile of the time in system",
              Direction.LOWER_IS_BETTER,
              run -> run.latencyQuantile(0.95)),
          new Metric(
              "latency.p99",
              "s",
              "99 % quantile of the time in system",
              Direction.LOWER_IS_BETTER,
              run -> run.latencyQuantile(0.99)),
          new Metric(
              "formation.mean",
              "s",
              "mean time from a request's arrival until its batch is full",
              Direction.LOWER_IS_BETTER,
              RunStatistics::meanFormation),
          new Metric(
              "queueing.mean",
              "s",
              "mean time from the forming of a request's batch until its service starts",
              Direction.LOWER_IS_BETTER,
              RunStatistics::meanQueueing),
          new Metric(
              "service.mean",
              "s",
              "mean service time of a request's batch",
              Direction.LOWER_IS_BETTER,
              RunStatistics::meanService),
          new Metric(
              "utilization",
              "1",
              "busy share of server time",
              Direction.NEITHER,
              RunStatistics::utilization),
          new Metric(
              "padding",
              "1",
              "share of slot time spent waiting for the longest request in the batch",
              Direction.LOWER_IS_BETTER,
              RunStatistics::padding),
          new Metric(
              "batch.size.mean",
              "requests",
              "mean number of requests in a batch",
              Direction.HIGHER_IS_BETTER,
              RunStatistics::meanBatchSize),
          new Metric(
              "batches.flushed",
              "batches",
              "partial batches served because arrivals had ended",
              Direction.NEITHER,
              RunStatistics::flushedBatches),
          new Metric(
              "requests.discarded",
              "requests",
              "requests that were never served",
              Direction.NEITHER,
              RunStatistics::discardedRequests));
}
