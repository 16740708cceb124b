package io.github.batchq.policy;

import io.github.batchq.model.Key;
import org.jspecify.annotations.Nullable;

/**
 * Elastic batching: batches start as in {@link DynamicBatching}, by the bulk service rule (a, B),
 * but a request leaves as soon as its own tokens are done, when the batch would end if it were the
 * longest in it. The server stays with the batch until the longest request is done, so nobody
 * starts earlier for it: only answers come earlier. After the elastic batching of Y. Yang, L. Jiao
 * and Y. Xu, "A Queueing Theoretic Perspective on Low-Latency LLM Inference with Variable Token
 * Length", arXiv:2407.05347; T20 of docs/theory.md has its exact mean latency on one server.
 *
 * <p>Its mean service is that of the requests, from the start of their batch until they leave; its
 * utilization, batch times and throughput are those of the batches, and padding is the share of
 * slot time in which a slot is empty, because its request has left a batch that goes on.
 *
 * @param batchSize B, at least 1
 * @param least a, from 1 to B; 1 when absent
 * @param drain what happens to fewer than a requests when arrivals have ended; {@link Drain#FLUSH}
 *     when absent
 */
public record ElasticBatching(
    @Key(
            about = "most requests in a batch B",
            unit = "requests",
            range = "at least 1",
            example = "8")
        int batchSize,
    @Key(
            about = "fewest waiting requests that start a batch a",
            unit = "requests",
            range = "1 to batchSize",
            absent = "1",
            example = "2")
        @Nullable Integer least,
    @Key(
            about =
                "what becomes of fewer requests than least when arrivals have ended: they are served, or discarded",
            absent = "flush",
            example = "discard")
        @Nullable Drain drain)
    implements PolicySpec {
  public ElasticBatching {
    new DynamicBatching(batchSize, least, drain);
  }

  /** Fewest requests with which a batch starts. */
  public int fewest() {
    return untilTheEnd().fewest();
  }

  @Override
  public Serving serving() {
    return new Serving.InBatches(true);
  }

  @Override
  public long leastCompany() {
    return fewest();
  }

  @Override
  public boolean flushes() {
    return drain != Drain.DISCARD;
  }

  @Override
  public BatchingPolicy create(PolicySetting setting) {
    return untilTheEnd().create(setting);
  }

  /** The same batches, all of whose requests stay to the end. */
  private DynamicBatching untilTheEnd() {
    return new DynamicBatching(batchSize, least, drain);
  }
}
