package io.github.batchq.service;

import io.github.batchq.model.Require;

/**
 * What the tokens of requests cost a server on which requests join and leave a running batch. A
 * pass in which n requests take part that hold K tokens in memory takes
 *
 * <pre>
 * stepSeconds + stepSecondsPerRequest max(0, n - freeRequests) + stepSecondsPerContextToken K
 * </pre>
 *
 * and, where it processes P tokens of prompts, m of which begin in it,
 *
 * <pre>
 * joinSeconds + joinSecondsPerRequest m + prefillSecondsPerToken max(0, P - freePromptTokens)
 * </pre>
 *
 * more. K counts prompts and generated tokens when the pass begins, and of a prompt that is
 * processed in it what will have been processed at its end. The pass gives a token to each request
 * that decodes in it and to each whose prompt ends in it. So a batch that is served whole, the
 * longest of which generates L tokens, is one pass with all prompts and L - 1 without.
 *
 * @param joinSeconds what each pass with prompts costs beyond a step, in seconds, finite, at least
 *     0
 * @param joinSecondsPerRequest seconds for each request whose prompt begins, finite, at least 0
 * @param prefillSecondsPerToken seconds for each prompt token beyond the free ones, finite, at
 *     least 0
 * @param freePromptTokens prompt tokens of a pass up to which it takes no longer, at least 0
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
    int freePromptTokens,
    double stepSeconds,
    double stepSecondsPerRequest,
    int freeRequests,
    double stepSecondsPerContextToken) {
  public TokenCosts {
    Require.ARGUMENT.notNegativeFinite("joinSeconds", joinSeconds);
    Require.ARGUMENT.notNegativeFinite("joinSecondsPerRequest", joinSecondsPerRequest);
    Require.ARGUMENT.notNegativeFinite("prefillSecondsPerToken", prefillSecondsPerToken);
    Require.ARGUMENT.notNegativeFinite("stepSeconds", stepSeconds);
    Require.ARGUMENT.notNegativeFinite("stepSecondsPerRequest", stepSecondsPerRequest);
    Require.ARGUMENT.notNegativeFinite("stepSecondsPerContextToken", stepSecondsPerContextToken);
    Require.ARGUMENT.atLeast("freeRequests", freeRequests, 0);
    Require.ARGUMENT.atLeast("freePromptTokens", freePromptTokens, 0);
    if (stepSeconds + stepSecondsPerRequest + stepSecondsPerContextToken == 0) {
      throw new IllegalArgumentException("a step must take time, found that all its costs are 0");
    }
  }

  /** Costs of which every prompt token has its share. */
  public TokenCosts(
      double joinSeconds,
      double joinSecondsPerRequest,
      double prefillSecondsPerToken,
      double stepSeconds,
      double stepSecondsPerRequest,
      int freeRequests,
      double stepSecondsPerContextToken) {
    this(
        joinSeconds,
        joinSecondsPerRequest,
        prefillSecondsPerToken,
        0,
        stepSeconds,
        stepSecondsPerRequest,
        freeRequests,
        stepSecondsPerContextToken);
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
            freePromptTokens,
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
   * What prompts add to the seconds of a pass.
   *
   * @param joining how many of them begin
   * @param promptTokens their tokens that are processed, in all
   */
  public double joinSeconds(int joining, long promptTokens) {
    return joinSeconds
        + joinSecondsPerRequest * joining
        + prefillSecondsPerToken * Math.max(0, promptTokens - freePromptTokens);
  }

  /**
   * Whether prompts add nothing to any pass, however many come together.
   *
   * @param joining how many of them begin
   * @param promptTokens their tokens, in all
   */
  public boolean areFree(int joining, long promptTokens) {
    return joinSeconds + joinSecondsPerRequest * joining + prefillSecondsPerToken * promptTokens
        == 0;
  }
}
