package io.github.batchq.metric;

import io.github.batchq.sim.ServedBatch;
import io.github.batchq.sim.ServedRequest;
import io.github.batchq.sim.ServedSteps;

/**
 * When the tokens of requests came, and what memory they took. What is about single tokens is seen
 * where requests join and leave running batches. Times are seconds.
 */
final class TokenStatistics {
  /** Measured requests whose tokens were seen. */
  private static final int REQUESTS = 0;

  /** Sum of their times from arrival to the first token. */
  private static final int FIRST_TOKEN = 1;

  /** Those of them with at least two tokens. */
  private static final int WITH_SEVERAL = 2;

  /** Sum of the mean times between the tokens of these. */
  private static final int PER_TOKEN = 3;

  /** Tokens of the measured requests but the first of each. */
  private static final int LATER_TOKENS = 4;

  /** Sum of the times that passed between their tokens. */
  private static final int LATER_SECONDS = 5;

  /** How often the requests were preempted. */
  private static final int PREEMPTIONS = 6;

  /** Tokens of all requests that were served, measured or not; NaN where lengths are not tokens. */
  private static final int GENERATED = 7;

  /** Tokens in the memory of servers, summed over time. */
  private static final int TOKEN_SECONDS = 8;

  private final RunningSums sums = new RunningSums(9);
  private final LatencyHistogram firstTokens;
  private final LatencyHistogram perTokens;
  private final ServerStatistics servers;
  private final double memory;
  private double peakMemory = Double.NaN;

  /** Tokens of prompts, and how many of them needed no processing. */
  private long asked;

  private long found;

  TokenStatistics(MeasurementTerms terms, ServerStatistics servers, Histograms histograms) {
    this.firstTokens = histograms.firstTokens;
    this.perTokens = histograms.perTokens;
    this.servers = servers;
    this.memory = terms.memory() == Long.MAX_VALUE ? Double.NaN : terms.memory();
    sums.set(GENERATED, terms.tokens() ? 0 : Double.NaN);
  }

  /** Requests were served, measured or not. */
  void generated(double tokens) {
    sums.add(GENERATED, tokens);
  }

  /**
   * A server has worked.
   *
   * @param seconds for how long after the warm-up
   */
  void stepped(ServedSteps steps, double seconds) {
    double tokens = (double) steps.memory();
    peakMemory = Double.isNaN(peakMemory) ? tokens : Math.max(peakMemory, tokens);
    if (steps.seconds() > 0) {
      sums.add(TOKEN_SECONDS, steps.tokenSeconds() * (seconds / steps.seconds()));
    }
  }

  /** A measured request has left. */
  void left(ServedRequest request, double now) {
    double wait = request.firstTokenTime() - request.arrivalTime();
    sums.add(REQUESTS, 1);
    sums.add(FIRST_TOKEN, wait);
    firstTokens.record(wait);
    long later = request.tokens() - 1;
    if (later > 0) {
      double decoding = now - request.firstTokenTime();
      sums.add(WITH_SEVERAL, 1);
      sums.add(PER_TOKEN, decoding / later);
      perTokens.record(decoding / later);
      sums.add(LATER_SECONDS, decoding);
      sums.add(LATER_TOKENS, (double) later);
    }
    sums.add(PREEMPTIONS, request.preemptions());
    asked += request.askedTokens();
    found += request.foundTokens();
  }

  /** A batch has ended that started after the warm-up. */
  void completed(ServedBatch batch) {
    asked += batch.askedTokens();
    found += batch.foundTokens();
  }

  /** Share of the prompt tokens that needed no processing; NaN where there are none. */
  double foundShare() {
    return (double) found / asked;
  }

  RunningSums sums() {
    return sums;
  }

  double meanFirstToken(RunPart part) {
    return sums.in(part, FIRST_TOKEN) / sums.in(part, REQUESTS);
  }

  /** Mean over requests of the time per token after the first. */
  double meanPerToken(RunPart part) {
    return sums.in(part, PER_TOKEN) / sums.in(part, WITH_SEVERAL);
  }

  /** Mean over tokens of the time since the token before. */
  double meanBetweenTokens(RunPart part) {
    return sums.in(part, LATER_SECONDS) / sums.in(part, LATER_TOKENS);
  }

  double meanPreemptions(RunPart part) {
    return sums.in(part, PREEMPTIONS) / sums.in(part, REQUESTS);
  }

  /** Tokens generated in a second. */
  double throughput(RunPart part) {
    return sums.in(part, GENERATED) / servers.time(part);
  }

  /** Price of the servers for a million tokens. */
  double costPerMillion(RunPart part) {
    return servers.rent(part) / sums.in(part, GENERATED) * 1e6;
  }

  /** Mean number of tokens in the memory of a server, idle or not; NaN where none were seen. */
  double meanMemory(RunPart part) {
    return Double.isNaN(peakMemory)
        ? Double.NaN
        : sums.in(part, TOKEN_SECONDS) / servers.serverTime(part);
  }

  /** Mean share of the memory of the servers that is taken; NaN where it has no limit. */
  double occupancy(RunPart part) {
    return meanMemory(part) / memory;
  }

  /** Most tokens in the memory of a server; NaN where none were seen. */
  double peakMemory() {
    return peakMemory;
  }

  /**
   * Quantile of the time from arrival to the first token, within 0.05 %; NaN where none was seen.
   *
   * @param level in (0,1]
   */
  double firstTokenQuantile(double level) {
    return firstTokens.quantile(level);
  }

  /**
   * Quantile of the time per token after the first, of requests with at least two, within 0.05 %;
   * NaN where there is none.
   *
   * @param level in (0,1]
   */
  double perTokenQuantile(double level) {
    return perTokens.quantile(level);
  }
}
