package io.github.batchq.workload;

import io.github.batchq.random.Sampler;
import io.github.batchq.random.StreamName;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import umontreal.ssj.rng.RandomStream;

/**
 * Requests that arrive whatever the system does. Of every request a length or a bin is predicted
 * once.
 */
public final class RequestSource implements ArrivingRequests {
  private final Sampler arrivalTimes;
  private final Sampler lengths;
  private final LengthPredictor predictor;
  private final @Nullable IntSupplier prompts;
  private final @Nullable Supplier<PromptBlocks> blocks;
  private final long requests;
  private final boolean binsAlone;
  private final RequestBlock block;
  private int place;

  /**
   * @param arrivalTimes arrival times in seconds, not decreasing
   * @param lengths true lengths, from another stream than the arrival times
   * @param predictor predicts each length or its bin
   * @param prompts numbers of prompt tokens, at least 0; null where there are none
   * @param requests how many requests there are
   */
  public RequestSource(
      DoubleSupplier arrivalTimes,
      DoubleSupplier lengths,
      LengthPredictor predictor,
      @Nullable IntSupplier prompts,
      long requests) {
    this(arrivalTimes, lengths, predictor, prompts, requests, null);
  }

  /**
   * @param arrivalTimes arrival times in seconds, not decreasing
   * @param lengths true lengths, from another stream than the arrival times
   * @param predictor predicts each length or its bin
   * @param prompts numbers of prompt tokens, at least 0; null where there are none
   * @param requests how many requests there are
   * @param blocks what their prompts consist of; null where nobody asks for that
   */
  public RequestSource(
      DoubleSupplier arrivalTimes,
      DoubleSupplier lengths,
      LengthPredictor predictor,
      @Nullable IntSupplier prompts,
      long requests,
      @Nullable Supplier<PromptBlocks> blocks) {
    this.blocks = blocks;
    this.arrivalTimes = Sampler.of(arrivalTimes);
    this.lengths = Sampler.of(lengths);
    this.predictor = predictor;
    this.prompts = prompts;
    this.requests = requests;
    this.binsAlone = !predictor.predictsLengths();
    this.block = new RequestBlock(binsAlone);
  }

  /**
   * The groups or conversations that start at the times of a process, as requests without length.
   *
   * @param streams the streams of the replication
   */
  static RequestSource ofStarts(ArrivalProcess starts, Function<StreamName, RandomStream> streams) {
    Trace trace = starts.trace();
    return new RequestSource(
        starts.arrivalTimes(streams.apply(StreamName.ARRIVALS)),
        () -> 0,
        (length, promptTokens) -> length,
        null,
        trace != null && starts.isReplay() ? trace.size() : Long.MAX_VALUE);
  }

  /** The next requests, drawn together; an empty block after the last one. */
  public RequestBlock nextBlock() {
    block.firstId += block.size;
    int size = (int) Math.min(RequestBlock.CAPACITY, requests - block.firstId);
    block.size = size;
    arrivalTimes.fill(block.arrivalTimes, size);
    lengths.fill(block.lengths, size);
    if (prompts != null) {
      for (int i = 0; i < size; i++) {
        block.promptTokens[i] = prompts.getAsInt();
      }
    }
    for (int i = 0; i < size; i++) {
      block.predictions[i] = predictor.predict(block.lengths[i], block.promptTokens[i]);
    }
    return block;
  }

  @Override
  public double nextTime() {
    return isOver() ? Double.POSITIVE_INFINITY : block.arrivalTimes[place];
  }

  /** Draws more requests where all that were drawn have arrived. */
  @Override
  public boolean isOver() {
    if (place == block.size) {
      nextBlock();
      place = 0;
    }
    return block.size == 0;
  }

  @Override
  public long drawn() {
    return block.firstId + place - 1;
  }

  /** Whether it predicts bins and no lengths. */
  boolean predictsBins() {
    return binsAlone;
  }

  /** The next request as an object; null after the last one. */
  @Override
  public @Nullable Request next() {
    if (isOver()) {
      return null;
    }
    int i = place++;
    long id = block.firstId + i;
    return new Request(
        id,
        block.arrivalTimes[i],
        block.promptTokens[i],
        block.lengths[i],
        block.predictions[i],
        binsAlone,
        blocks == null ? null : Kinship.ofBlocks(id, blocks.get()));
  }
}
