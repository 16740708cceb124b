package io.github.batchq.workload;

import io.github.batchq.random.Sampler;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one run, one after the other in the order of arrival. Every length is predicted
 * once.
 */
public final class RequestSource {
  /**
   * Requests whose numbers are drawn together, a power of two. Drawing many in a short loop takes
   * less time than between the kernel's branches; the numbers are the same.
   */
  private static final int BLOCK = 512;

  private final Sampler arrivalTimes;
  private final Sampler lengths;
  private final LengthPredictor predictor;
  private final @Nullable Trace trace;
  private final long requests;
  private final double[] blockTimes = new double[BLOCK];
  private final double[] blockLengths = new double[BLOCK];
  private long next;
  private int place;

  /**
   * @param arrivalTimes arrival times in seconds, not decreasing
   * @param lengths true lengths, from another stream than the arrival times
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
    this.arrivalTimes = Sampler.of(arrivalTimes);
    this.lengths = Sampler.of(lengths);
    this.predictor = predictor;
    this.trace = trace;
    this.requests = requests;
  }

  /**
   * Goes on to the next request, whose parts {@link #id()} to {@link #predictedLength()} then give.
   *
   * @return false after the last one
   */
  public boolean advance() {
    if (next == requests) {
      return false;
    }
    place = (int) next & (BLOCK - 1);
    if (place == 0) {
      drawBlock();
    }
    next++;
    return true;
  }

  /** The next request as an object; null after the last one. */
  public @Nullable Request next() {
    return advance()
        ? new Request(id(), arrivalTime(), promptTokens(), length(), predictedLength())
        : null;
  }

  /** Sequence number of the request, from 0. */
  public long id() {
    return next - 1;
  }

  /** Whether no request follows. */
  public boolean isLast() {
    return next == requests;
  }

  /** When the request arrives, in seconds since the start of the run. */
  public double arrivalTime() {
    return blockTimes[place];
  }

  /** Its true length. */
  public double length() {
    return blockLengths[place];
  }

  /** Number of its prompt tokens; 0 where the workload has none. */
  public int promptTokens() {
    return trace == null ? 0 : trace.promptTokens((int) id());
  }

  /** What the predictor says of its length; to be asked once. */
  public double predictedLength() {
    return predictor.predict(length(), promptTokens());
  }

  private void drawBlock() {
    int size = (int) Math.min(BLOCK, requests - next);
    arrivalTimes.fill(blockTimes, size);
    lengths.fill(blockLengths, size);
  }
}
