package io.github.batchq.workload;

import io.github.batchq.model.BinBoundaries;
import io.github.batchq.model.ConfusionMatrix;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/** The description of a length predictor as a user writes it: an immutable record. */
public interface PredictorSpec {
  /**
   * The predictor that can be created: one that has learnt from what it names.
   *
   * @param traces reads traces
   * @throws io.github.batchq.model.BadInputException if a trace cannot be read
   * @throws IllegalArgumentException if it cannot learn from it
   */
  default PredictorSpec prepare(Traces traces) {
    return this;
  }

  /** Whether it predicts by the prompts of requests, which then must have some. */
  default boolean readsPrompts() {
    return false;
  }

  /** Whether it tells what a trace recorded of its requests, which must have told it. */
  default boolean readsTrace() {
    return false;
  }

  /** Whether chance has a part in what it says of a request. */
  default boolean isRandom() {
    return true;
  }

  /**
   * A new predictor for one run. Of the stream it takes either no number or exactly one for each
   * request, so that the errors of two runs stay synchronised.
   *
   * @param stream the stream of prediction errors
   * @param boundaries the policy's bins; {@link BinBoundaries#none()} where it has none
   */
  LengthPredictor create(RandomStream stream, BinBoundaries boundaries);

  /**
   * A new predictor for one run, which may tell what was recorded.
   *
   * @param stream the stream of prediction errors
   * @param boundaries the policy's bins; {@link BinBoundaries#none()} where it has none
   * @param recorded what the trace of the requests recorded as predicted, of one request after the
   *     other; null where it recorded nothing
   */
  default LengthPredictor create(
      RandomStream stream, BinBoundaries boundaries, @Nullable DoubleSupplier recorded) {
    return create(stream, boundaries);
  }

  /**
   * How this predictor confuses bins, if its errors do not depend on the length within the true
   * bin; null if they do.
   *
   * @param bins number of bins, at least 1
   * @throws IllegalArgumentException if this predictor does not fit that many bins
   */
  @Nullable ConfusionMatrix confusion(int bins);

  /** Whether every predicted length is known to be the true one. */
  default boolean isExact() {
    return false;
  }

  /**
   * Whether it predicts lengths; false where it predicts a bin and nothing else, so that a policy
   * that reads lengths is refused.
   */
  default boolean predictsLengths() {
    return true;
  }

  /**
   * Refuses bins for which this predictor cannot be created.
   *
   * @param boundaries the policy's bins
   * @throws IllegalArgumentException if the predictor does not fit them
   */
  default void check(BinBoundaries boundaries) {}
}
