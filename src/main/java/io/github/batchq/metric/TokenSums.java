package io.github.batchq.metric;

/**
 * What the means of the tokens of a run, or of a part of it, are made of. Times are seconds.
 *
 * @param requests measured requests whose tokens were seen
 * @param firstToken sum of their times from arrival to the first token
 * @param severalTokens those of them with at least two tokens
 * @param perToken sum of the mean times between the tokens of these
 * @param preemptions how often the requests were preempted
 */
record TokenSums(
    double requests, double firstToken, double severalTokens, double perToken, double preemptions) {
  /** The part between an earlier moment and this one. */
  TokenSums since(TokenSums earlier) {
    return new TokenSums(
        requests - earlier.requests,
        firstToken - earlier.firstToken,
        severalTokens - earlier.severalTokens,
        perToken - earlier.perToken,
        preemptions - earlier.preemptions);
  }

  double meanFirstToken() {
    return firstToken / requests;
  }

  double meanPerToken() {
    return perToken / severalTokens;
  }

  double meanPreemptions() {
    return preemptions / requests;
  }
}
