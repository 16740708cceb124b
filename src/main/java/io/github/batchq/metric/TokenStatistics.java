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
  private final LatencyHistogram perTokens = new LatencyHistogram();
  private final boolean lengthsAreTokens;
  private double laterTokens;
  private double laterSeconds;
  private long preemptions;
  private double generated;
  private double memory;
  private double freeSlotSeconds;
  private double peakMemory = Double.NaN;

  TokenStatistics(boolean lengthsAreTokens) {
    this.lengthsAreTokens = lengthsAreTokens;
  }

  /** Requests were served, measured or not. */
  void generated(double tokens) {
    generated += tokens;
  }

  /**
   * A server has worked.
   *
   * @param seconds for how long after the warm-up
   * @param slots number of its slots
   */
  void record(ServedSteps steps, double seconds, int slots) {
    memory += steps.seconds() > 0 ? steps.tokenSeconds() * (seconds / steps.seconds()) : 0;
    freeSlotSeconds += seconds * steps.speed() * (slots - steps.running()) / slots;
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
      double decoding = now - request.firstTokenTime();
      perToken += decoding / (request.tokens() - 1);
      perTokens.record(decoding / (request.tokens() - 1));
      laterSeconds += decoding;
      laterTokens += request.tokens() - 1;
    }
    preemptions += request.preemptions();
  }

  TokenSums sums() {
    return new TokenSums(
        requests,
        firstToken,
        severalTokens,
        perToken,
        laterTokens,
        laterSeconds,
        preemptions,
        lengthsAreTokens ? generated : Double.NaN,
        Double.isNaN(peakMemory) ? Double.NaN : memory);
  }

  /** Time that servers were busy, each weighted by the share of its slots that were free. */
  double freeSlotSeconds() {
    return freeSlotSeconds;
  }

  /** Quantile of the time from arrival to the first token; NaN where none was seen. */
  double firstTokenQuantile(double share) {
    return requests == 0 ? Double.NaN : firstTokens.quantile(share);
  }

  /** Quantile of the time per token after the first; NaN where no request had several. */
  double perTokenQuantile(double share) {
    return severalTokens == 0 ? Double.NaN : perTokens.quantile(share);
  }

  /** Most tokens in the memory of a server; NaN where none were seen. */
  double peakMemory() {
    return peakMemory;
  }
}
