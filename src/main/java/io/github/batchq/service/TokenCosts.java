package io.github.batchq.service;

/**
 * What the tokens of requests cost a server on which requests join and leave a running batch. A
 * step gives each of n running requests one token and takes
 *
 * <pre>
 * stepSeconds + stepSecondsPerRequest max(0, n - freeRequests) + stepSecondsPerContextToken K
 * </pre>
 *
 * where K counts the tokens, prompts and generated ones, that the running requests hold in memory
 * when the step begins. Before its first step a request's prompt is processed: m requests with P
 * prompt tokens in all that join together take
 *
 * <pre>
 * joinSeconds + joinSecondsPerRequest m + prefillSecondsPerToken P.
 * </pre>
 *
 * @param joinSeconds seconds of each time that requests join, finite, at least 0
 * @param joinSecondsPerRequest seconds for each request that joins, finite, at least 0
 * @param prefillSecondsPerToken seconds for each prompt token, finite, at least 0
 * @param stepSeconds seconds of every step, finite, at least 0
 * @param stepSecondsPerRequest seconds of a step for each running request beyond the free ones,
 *     finite, at least 0
 * @param freeRequests number of running requests up to which a step takes no longer, at least 0
 * @param stepSecondsPerContextToken seconds of a step for each token in memory, finite, at least 0
 */
public record TokenCosts(
    double joinSeconds,
    double joinSecondsPerRequest,
    double prefillSecondsPerToken,
    double stepSeconds,
    double stepSecondsPerRequest,
    int freeRequests,
    double stepSecondsPerContextToken) {
  /** Checks the numbers. */
  public TokenCosts {
    Seconds.require("joinSeconds", joinSeconds);
    Seconds.require("joinSecondsPerRequest", joinSecondsPerRequest);
    Seconds.require("prefillSecondsPerToken", prefillSecondsPerToken);
    Seconds.require("stepSeconds", stepSeconds);
    Seconds.require("stepSecondsPerRequest", stepSecondsPerRequest);
    Seconds.require("stepSecondsPerContextToken", stepSecondsPerContextToken);
    if (freeRequests < 0) {
      throw new IllegalArgumentException("freeRequests must be at least 0, found " + freeRequests);
    }
    if (stepSeconds + stepSecondsPerRequest + stepSecondsPerContextToken == 0) {
      throw new IllegalArgumentException("a step must take time, found that all its costs are 0");
    }
  }

  /**
   * The same on a server that is faster or slower.
   *
   * @param speed what it does in a second, as a multiple, positive and finite
   */
  public TokenCosts atSpeed(double speed) {
    return speed == 1
        ? this
        : new TokenCosts(
            joinSeconds / speed,
            joinSecondsPerRequest / speed,
            prefillSecondsPerToken / speed,
            stepSeconds / speed,
            stepSecondsPerRequest / speed,
            freeRequests,
            stepSecondsPerContextToken / speed);
  }

  /** Steps of a constant time, whatever runs: the cost model of arXiv:2412.04504. */
  public static TokenCosts constant(double offset, double secondsPerToken) {
    return new TokenCosts(offset, 0, 0, secondsPerToken, 0, 0, 0);
  }

  /**
   * Seconds of a step.
   *
   * @param running requests that receive a token
   * @param contextTokens tokens that they hold in memory when the step begins
   */
  public double stepSeconds(int running, long contextTokens) {
    return stepSeconds
        + stepSecondsPerRequest * Math.max(0, running - freeRequests)
        + stepSecondsPerContextToken * contextTokens;
  }

  /**
   * Seconds until requests have joined.
   *
   * @param joining how many join together
   * @param promptTokens their prompt tokens in all
   */
  public double joinSeconds(int joining, long promptTokens) {
    return joinSeconds + joinSecondsPerRequest * joining + prefillSecondsPerToken * promptTokens;
  }
}
