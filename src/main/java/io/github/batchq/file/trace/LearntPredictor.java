package io.github.batchq.file.trace;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import io.github.batchq.workload.LengthPredictor;
import io.github.batchq.workload.PredictorSpec;
import io.github.batchq.workload.TraceSpec;
import io.github.batchq.workload.Traces;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * A predictor that has learnt from a trace how lengths go with prompts: by a regression tree (L.
 * Breiman et al., "Classification and Regression Trees", 1984) or by nearest neighbours, both of
 * Oracle's Tribuo. It makes no other errors than it makes; where the same requests are simulated
 * from which it learnt, it looks better than it is, so give it another part of the trace.
 *
 * @param trace what it learns from
 * @param method how; {@code tree} when absent
 * @param requests requests with fewer of which a tree does not divide a range of prompts any more,
 *     or neighbours, at least 1; 100 when absent
 * @param from start of the part that it learns from, in recorded seconds after the first arrival;
 *     the first arrival when absent
 * @param to its end, which it does not hold; that of the trace when absent
 */
public record LearntPredictor(
    @Key(
            about = "what it learns from",
            example = "{format: vidur, file: 'resource:sample-vidur.csv'}")
        TraceSpec trace,
    @Key(
            about = "a regression tree, or the mean of the requests with the nearest prompts",
            absent = "tree",
            example = "neighbours")
        @Nullable LearningMethod method,
    @Key(
            about =
                "requests with fewer of which a tree no longer divides a range of prompts, or number of neighbours",
            unit = "requests",
            range = "1 to the number that it learns from",
            absent = "100",
            example = "4")
        @Nullable Integer requests,
    @Key(
            about = "start of the part that it learns from, after the first arrival",
            unit = "s",
            range = "at least 0, finite, as recorded",
            absent = "the first arrival",
            example = "60")
        @Nullable Double from,
    @Key(
            about =
                "end of the part that it learns from, after the first arrival; a request at this time is no part of it",
            unit = "s",
            range = "later than from, as recorded",
            absent = "the end of the trace",
            example = "3600")
        @Nullable Double to)
    implements PredictorSpec {
  /** Requests that are averaged over unless another number is given. */
  public static final int REQUESTS = 100;

  public LearntPredictor {
    if (requests != null) {
      Require.ARGUMENT.atLeast("requests", requests, 1);
    }
  }

  @Override
  public PredictorSpec prepare(Traces traces) {
    return LengthLearner.learn(
        traces.get(trace, from, to),
        method == null ? LearningMethod.TREE : method,
        requests == null ? REQUESTS : requests);
  }

  /** Not before it has learnt. */
  @Override
  public LengthPredictor create(RandomStream stream, BinBoundaries boundaries) {
    throw new IllegalStateException("a predictor that learns is prepared first");
  }

  @Override
  public @Nullable ConfusionMatrix confusion(int bins) {
    return null;
  }

  @Override
  public boolean isRandom() {
    return false;
  }

  @Override
  public boolean readsPrompts() {
    return true;
  }
}
