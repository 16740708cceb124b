package io.github.batchq.metric;

import io.github.batchq.sim.ServedRequest;
import io.github.batchq.sim.ServedSteps;

/** What is measured of the tokens of a run where requests join and leave running batches. */
final class TokenStatistics {
  private final LatencyHistogram firstTokens = new LatencyHistogram();
  private long requests;
  private double firstToken;
  private long severalTokens;
  private double perToken;
  private long preemptions;
  private double freeSlotSeconds;
  private double peakMemory = Double.NaN;

  /**
   * A server has worked.
   *
   * @param seconds for how long after the warm-up, times its speed
   * @param slots number of its slots
   */
  void record(ServedSteps steps, double seconds, int slots) {
    freeSlotSeconds += seconds * (slots - steps.running()) / slots;
    peakMemory = Math.max(Double.isNaN(peakMemory) ? 0 : peakMemory, (double) steps.memory());
  }

  /** A measured request has left. */
  void record(ServedRequest request, double now) {
    double wait = request.firstTokenTime() - request.arrivalTime();
    requests++;
    firstToken += wait;
    firstTokens.record(wait);
    if (request.tokens() > 1) {
      severalTokens++;
      perToken += (now - request.firstTokenTime()) / (request.tokens() - 1);
    }
    preemptions += request.preemptions();
  }

  TokenSums sums() {
    return new TokenSums(requests, firstToken, severalTokens, perToken, preemptions);
  }

  /** Time that servers were busy, each weighted by the share of its slots that were free. */
  double freeSlotSeconds() {
    return freeSlotSeconds;
  }

  /** Quantile of the time from arrival to the first token; NaN where none was seen. */
  double firstTokenQuantile(double share) {
    return requests == 0 ? Double.NaN : firstTokens.quantile(share);
  }

  /** Most tokens in the memory of a server; NaN where none were seen. */
  double peakMemory() {
    return peakMemory;
  }
}
