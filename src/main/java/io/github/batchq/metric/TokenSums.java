package io.github.batchq.metric;

/**
 * What the means of the tokens of a run, or of a part of it, are made of. Times are seconds.
 *
 * @param requests measured requests whose tokens were seen
 * @param firstToken sum of their times from arrival to the first token
 * @param severalTokens those of them with at least two tokens
 * @param perToken sum of the mean times between the tokens of these
 * @param laterTokens tokens of the measured requests but the first of each
 * @param laterSeconds sum of the times that passed between their tokens
 * @param preemptions how often the requests were preempted
 * @param generated tokens of all requests that were served, measured or not; NaN where lengths are
 *     not tokens
 * @param memory tokens in the memory of servers, summed over time, token-seconds; NaN where tokens
 *     are not seen
 */
record TokenSums(
    double requests,
    double firstToken,
    double severalTokens,
    double perToken,
    double laterTokens,
    double laterSeconds,
    double preemptions,
    double generated,
    double memory) {
  /** The part between an earlier moment and this one. */
  TokenSums since(TokenSums earlier) {
    return new TokenSums(
        requests - earlier.requests,
        firstToken - earlier.firstToken,
        severalTokens - earlier.severalTokens,
        perToken - earlier.perToken,
        laterTokens - earlier.laterTokens,
        laterSeconds - earlier.laterSeconds,
        preemptions - earlier.preemptions,
        generated - earlier.generated,
        memory - earlier.memory);
  }

  double meanFirstToken() {
    return firstToken / requests;
  }

  double meanPerToken() {
    return perToken / severalTokens;
  }

  double meanBetweenTokens() {
    return laterSeconds / laterTokens;
  }

  double meanPreemptions() {
    return preemptions / requests;
  }
}
