package io.github.batchq.policy;

import io.github.batchq.model.Batch;
import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.Key;
import io.github.batchq.model.QueuedRequest;
import io.github.batchq.policy.Serving.InSteps;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Continuous batching: a request joins the running batch of a server as soon as a slot is free, and
 * leaves it with its last token (the iteration-level scheduling of Yu et al., "Orca: A Distributed
 * Serving System for Transformer-Based Generative Models", OSDI 2022; the default of vLLM). First
 * come first served: a request for whose prompt and first token there is no memory holds up those
 * behind it. A preempted request waits at the head of the queue. T23 and T24 of docs/theory.md have
 * its theory.
 *
 * <p>With bins, each has a queue of its own and servers are bound to bins: where there are at least
 * as many bins as servers, bin b is served by server b mod c, the oldest request of its bins first;
 * else server s serves bin s mod k.
 *
 * @param batchSize slots B of a server, at least 1
 * @param memory tokens for which a server has memory; without a limit when absent
 * @param chunk most tokens of a step, more than B, where prompts are processed in chunks beside
 *     decoding (Agrawal et al., "Sarathi-Serve", OSDI 2024); when absent, prompts are processed in
 *     steps of their own
 * @param bins k, at least 1
 * @param boundaries a rule or a list of k-1 values; may be absent for one bin
 * @param prefixCache what a server keeps of earlier prompts and answers; nothing when absent
 */
public record ContinuousBatching(
    @Key(
            about = "slots of a server B: most requests that run at once",
            unit = "requests",
            range = "at least 1",
            example = "32")
        int batchSize,
    @Key(
            about = "tokens for which a server has memory",
            unit = "tokens",
            range = "at least 1",
            absent = "no limit",
            example = "60000")
        @Nullable Long memory,
    @Key(
            about = "most tokens of a step, where prompts are processed in chunks beside decoding",
            unit = "tokens",
            range = "more than batchSize",
            absent = "prompts are processed in steps of their own",
            example = "512")
        @Nullable Integer chunk,
    @Key(
            about = "number of bins k, to which servers are bound",
            unit = "bins",
            range = "at least 1",
            example = "1")
        int bins,
    @Key(
            about = "rule that bounds the bins, or their k - 1 inner boundaries",
            unit = "that of the lengths",
            range = "increasing",
            absent = "with one bin, no boundaries",
            example = "equal-mass")
        @Nullable BoundaryChoice boundaries,
    @Key(
            about = "what a server keeps of earlier prompts and answers",
            absent = "nothing",
            example = "{tokens: 200000}")
        @Nullable PrefixCache prefixCache)
    implements PolicySpec {
  public ContinuousBatching {
    FullBatches.checkBatchSize(batchSize);
    new StepRules(memory, chunk).check(batchSize);
    WaitingLines.checkBins(bins, boundaries);
  }

  /**
   * B slots in one bin, with memory for everybody and prompts in steps of their own.
   *
   * @param batchSize slots B of a server, at least 1
   */
  public ContinuousBatching(int batchSize) {
    this(batchSize, null, null, 1, null);
  }

  /** On servers that keep nothing of earlier prompts. */
  public ContinuousBatching(
      int batchSize,
      @Nullable Long memory,
      @Nullable Integer chunk,
      int bins,
      @Nullable BoundaryChoice boundaries) {
    this(batchSize, memory, chunk, bins, boundaries, null);
  }

  @Override
  public InSteps serving() {
    return new InSteps(new StepRules(memory, chunk, prefixCache));
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    return new Queues(setting.boundaries(), setting.servers());
  }

  /** The requests of one run that wait, in a line for each bin. */
  private static final class Queues implements BatchingPolicy {
    private final BinBoundaries boundaries;
    private final List<ArrayDeque<QueuedRequest>> bins;

    /**
     * For each part the lines of its bins: server s takes from part s modulo the number of parts.
     */
    private final List<WaitingLines> parts;

    private int waiting;

    Queues(BinBoundaries boundaries, int servers) {
      int k = boundaries.bins();
      int parts = Math.min(k, servers);
      this.boundaries = boundaries;
      this.bins = Stream.generate(() -> new ArrayDeque<QueuedRequest>()).limit(k).toList();
      this.parts =
          IntStream.range(0, parts)
              .mapToObj(
                  part ->
                      new WaitingLines(
                          IntStream.iterate(part, bin -> bin < k, bin -> bin + parts)
                              .mapToObj(bins::get)
                              .toList()))
              .toList();
    }

    @Override
    public void enqueue(QueuedRequest request) {
      bins.get(request.predictedBin(boundaries)).add(request);
      waiting++;
    }

    @Override
    public void preempted(QueuedRequest request) {
      bins.get(request.predictedBin(boundaries)).addFirst(request);
      waiting++;
    }

    @Override
    public Decision decide(double now, FreeServers free) {
      int server = 0;
      while (!free.isFree(server)) {
        server++;
      }
      Batch batch = parts.get(server % parts.size()).take(now, free);
      if (batch == null) {
        return Decision.WAIT;
      }
      waiting -= batch.size();
      return new Decision.Dispatch(batch);
    }

    @Override
    public void arrivalsEnded(double now) {}

    @Override
    public void withdraw(QueuedRequest request, double now) {
      bins.get(request.predictedBin(boundaries)).remove(request);
      waiting--;
    }

    @Override
    public int waiting() {
      return waiting;
    }
  }
}
