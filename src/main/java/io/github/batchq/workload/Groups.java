package io.github.batchq.workload;

import io.github.batchq.model.Key;
import io.github.batchq.random.LawSpec;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Groups of requests with one prompt, which come together: the samples of a vote or of best-of-N,
 * the rollouts of a prompt.
 *
 * @param starts when groups come
 * @param size law of the number of requests in a group, rounded to whole ones of at least 1
 * @param within correlation of the lengths of siblings, from 0 to 1: that of the normal variables
 *     behind them (Gaussian copula); 0 when absent
 * @param sharedPrompt whether the prompt of siblings is processed once for all of them on a server;
 *     false when absent
 * @param join with how many answers a group ends; with all of them when absent
 * @param verify how the answers are scored; not at all when absent
 */
public record Groups(
    @Key(about = "when groups come", example = "{process: poisson, rate: 0.1}") ArrivalSpec starts,
    @Key(
            type = "whole number, or law",
            about = "requests of a group, or the law of their number, rounded to whole ones",
            unit = "requests",
            range = "at least 1",
            example = "8")
        LawSpec size,
    @Key(
            about =
                "correlation of the lengths of siblings, as that of the normal variables behind them (Gaussian copula): each length keeps its law",
            unit = "1",
            range = "0 to 1",
            absent = "0",
            example = "0.5")
        @Nullable Double within,
    @Key(
            about = "whether siblings on a server share the work and the memory of their prompt",
            absent = "false",
            example = "true")
        @Nullable Boolean sharedPrompt,
    @Key(
            about = "with how many of its answers a group ends, and what becomes of the rest",
            absent = "with all answers",
            example = "{first: 4, rest: cancel}")
        @Nullable Join join,
    @Key(
            about = "how the answers of a group are scored before it ends",
            absent = "not at all",
            example = "{servers: same}")
        @Nullable Verify verify)
    implements ArrivalSpec {
  public Groups {
    if (starts instanceof Groups) {
      throw new IllegalArgumentException("groups of groups are not known: 'starts' is a process");
    }
    SiblingCounts.checkNumber("size", size);
    if (within != null && !(within >= 0 && within <= 1)) {
      throw new IllegalArgumentException("within must be from 0 to 1, found " + within);
    }
  }

  @Override
  public ArrivalProcess create(Traces traces, DoubleSupplier capacity) {
    if (starts instanceof PoissonAtLoad) {
      throw new IllegalArgumentException(
          "a load says how many requests come, and 'starts' says when groups do: give a rate");
    }
    SiblingCounts sizes = SiblingCounts.of(size.create());
    int all = sizes.constant();
    if (join != null && all > 0 && join.first() > all) {
      throw new IllegalArgumentException(
          "first of join must be at most the size of a group, " + all + ", found " + join.first());
    }
    return new GroupProcess(
        starts.create(traces, capacity),
        sizes,
        within == null ? 0 : within,
        sharedPrompt != null && sharedPrompt,
        join,
        verify);
  }
}
