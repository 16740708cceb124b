package io.github.batchq.workload;

import io.github.batchq.random.Law;
import io.github.batchq.random.StreamName;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import umontreal.ssj.rng.RandomStream;

/**
 * Clients that each wait for an answer, think, and send the next request.
 *
 * @param clients how many, at least 1
 * @param think law of the think times in seconds
 * @param rampUp seconds over which they start, evenly spaced
 */
public record ClosedProcess(int clients, Law think, double rampUp) implements AnsweredArrivals {
  @Override
  public Law pause() {
    return think;
  }

  @Override
  public long fewestAlone() {
    return clients;
  }

  @Override
  public void checkRequests(long requests) {
    if (requests < clients) {
      throw new IllegalArgumentException(
          "a run of "
              + requests
              + " requests is too short for "
              + clients
              + " clients: each sends at least one");
    }
  }

  /** The think times. */
  @Override
  public DoubleSupplier arrivalTimes(RandomStream stream) {
    return think.sampler(stream);
  }

  @Override
  public ArrivingRequests arriving(
      RequestSource drawn, long requests, Function<StreamName, RandomStream> streams) {
    return new ClosedRequests(this, drawn, requests);
  }
}
