package io.github.batchq.workload;

import io.github.batchq.random.Law;
import io.github.batchq.random.Sampler;
import io.github.batchq.random.StreamName;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import umontreal.ssj.rng.RandomStream;

/**
 * Rounds of requests that come together, each a gap after the last answer of the one before.
 *
 * @param size requests of a round, at least 1
 * @param gap law of the gaps in seconds
 */
public record RoundProcess(int size, Law gap) implements AnsweredArrivals {
  @Override
  public Law pause() {
    return gap;
  }

  /** The last request of a round may be alone. */
  @Override
  public long fewestAlone() {
    return 1;
  }

  @Override
  public long roundSize() {
    return size;
  }

  @Override
  public void checkRequests(long requests) {
    if (requests % size != 0) {
      throw new IllegalArgumentException(
          "requests is " + requests + ", no multiple of the size of a round, " + size);
    }
  }

  /** The gaps, each before the first request of a round. */
  @Override
  public DoubleSupplier arrivalTimes(RandomStream stream) {
    Sampler gaps = gap.sampler(stream);
    return new DoubleSupplier() {
      private long request;

      @Override
      public double getAsDouble() {
        return request++ % size == 0 ? gaps.getAsDouble() : 0;
      }
    };
  }

  @Override
  public ArrivingRequests arriving(
      RequestSource drawn, long requests, Function<StreamName, RandomStream> streams) {
    return new RoundRequests(size, drawn, requests);
  }
}
