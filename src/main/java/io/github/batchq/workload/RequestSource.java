package io.github.batchq.workload;

import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one run, one after the other in the order of arrival. Every length is predicted
 * once.
 */
public final class RequestSource {
  /**
   * Requests whose numbers are drawn together, a power of two. Drawing alone in a short loop takes
   * less time than between the kernel's branches; the numbers are the same.
   */
  private static final int BLOCK = 512;

  private final DoubleSupplier arrivalTimes;
  private final DoubleSupplier lengths;
  private final LengthPredictor predictor;
  private final @Nullable Trace trace;
  private final long requests;
  private final double[] blockTimes = new double[BLOCK];
  private final double[] blockLengths = new double[BLOCK];
  private long next;

  /**
   * @param arrivalTimes arrival times in seconds, not decreasing
   * @param lengths true lengths
   * @param predictor predicts each length
   * @param trace where prompt sizes come from; null where there are none
   * @param requests how many requests there are
   */
  public RequestSource(
      DoubleSupplier arrivalTimes,
      DoubleSupplier lengths,
      LengthPredictor predictor,
      @Nullable Trace trace,
      long requests) {
    this.arrivalTimes = arrivalTimes;
    this.lengths = lengths;
    this.predictor = predictor;
    this.trace = trace;
    this.requests = requests;
  }

  /** The next request; null after the last one. */
  public @Nullable Request next() {
    if (next == requests) {
      return null;
    }
    int place = (int) next & (BLOCK - 1);
    if (place == 0) {
      drawBlock();
    }
    int promptTokens = trace == null ? 0 : trace.promptTokens((int) next);
    double length = blockLengths[place];
    return new Request(
        next++, blockTimes[place], promptTokens, length, predictor.predict(length, promptTokens));
  }

  private void drawBlock() {
    int size = (int) Math.min(BLOCK, requests - next);
    for (int i = 0; i < size; i++) {
      blockTimes[i] = arrivalTimes.getAsDouble();
      blockLengths[i] = lengths.getAsDouble();
    }
  }
}
