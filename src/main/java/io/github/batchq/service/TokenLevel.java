package io.github.batchq.service;

import io.github.batchq.model.BatchShape;
import io.github.batchq.model.Key;
import io.github.batchq.model.Require;

/**
 * A batch whose prompts are processed together and whose requests then get one token each in every
 * step until the longest is done: static batching by the costs of {@link TokenCosts}. b requests
 * with P prompt tokens in all, the longest of which generates L tokens, take
 *
 * <pre>
 * prefill + prefillPerToken max(0, P - freePromptTokens) + sum over steps j = 0..L-1 of
 *   (step + perRequest max(0, b - freeRequests) + perContextToken (P + b j)).
 * </pre>
 *
 * The first step is the pass that processes the prompts and gives the first tokens. Every slot runs
 * to the end of the batch, so its memory grows in every step. A length that is no whole number of
 * tokens takes the next larger number of steps.
 *
 * @param prefill what a pass with prompts costs beyond a step, in seconds, finite, at least 0
 * @param prefillPerToken seconds for each prompt token beyond the free ones, finite, at least 0
 * @param freePromptTokens prompt tokens of a pass up to which it takes no longer, at least 0
 * @param step seconds of every step, finite, at least 0
 * @param perRequest seconds of a step for each request beyond the free ones, finite, at least 0
 * @param freeRequests number of requests up to which a step takes no longer, at least 0
 * @param perContextToken seconds of a step for each token in memory, finite, at least 0
 */
public record TokenLevel(
    @Key(
            about = "what a pass with prompts costs beyond a step",
            unit = "s",
            range = "finite, at least 0",
            example = "0.002")
        double prefill,
    @Key(
            about = "time of each prompt token of a pass beyond the free ones",
            unit = "s",
            range = "finite, at least 0",
            example = "0.00005")
        double prefillPerToken,
    @Key(
            about = "prompt tokens of a pass up to which it takes no longer",
            unit = "tokens",
            range = "at least 0",
            example = "256")
        int freePromptTokens,
    @Key(about = "time of every step", unit = "s", range = "finite, at least 0", example = "0.0164")
        double step,
    @Key(
            about = "time of a step for each request beyond the free ones",
            unit = "s",
            range = "finite, at least 0",
            example = "0.0003")
        double perRequest,
    @Key(
            about = "requests up to which a step takes no longer",
            unit = "requests",
            range = "at least 0",
            example = "16")
        int freeRequests,
    @Key(
            about = "time of a step for each token in memory",
            unit = "s",
            range = "finite, at least 0",
            example = "1e-7")
        double perContextToken)
    implements ServiceTimeModel {
  public TokenLevel {
    Require.ARGUMENT.notNegativeFinite("prefill", prefill);
    Require.ARGUMENT.notNegativeFinite("prefillPerToken", prefillPerToken);
    Require.ARGUMENT.notNegativeFinite("step", step);
    Require.ARGUMENT.notNegativeFinite("perRequest", perRequest);
    Require.ARGUMENT.notNegativeFinite("perContextToken", perContextToken);
    Require.ARGUMENT.atLeast("freeRequests", freeRequests, 0);
    Require.ARGUMENT.atLeast("freePromptTokens", freePromptTokens, 0);
    if (step + perRequest + perContextToken == 0) {
      throw new IllegalArgumentException(
          "one of step, perRequest and perContextToken must be positive");
    }
  }

  /** A model of which every prompt token has its share. */
  public TokenLevel(
      double prefill,
      double prefillPerToken,
      double step,
      double perRequest,
      int freeRequests,
      double perContextToken) {
    this(prefill, prefillPerToken, 0, step, perRequest, freeRequests, perContextToken);
  }

  @Override
  public double seconds(BatchShape batch) {
    return seconds(batch, batch.longestLength());
  }

  @Override
  public double ownSeconds(BatchShape batch, double[] lengths) {
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      sum += seconds(batch, lengths[i]);
    }
    return sum;
  }

  private double seconds(BatchShape batch, double longest) {
    double steps = Math.ceil(longest);
    int size = batch.size();
    long prompts = batch.promptTokens();
    return prefill
        + prefillPerToken * Math.max(0, prompts - freePromptTokens)
        + steps * (step + perRequest * Math.max(0, size - freeRequests))
        + perContextToken * steps * (prompts + size * (steps - 1) / 2);
  }

  @Override
  public TokenCosts tokenCosts() {
    return new TokenCosts(
        prefill,
        0,
        prefillPerToken,
        freePromptTokens,
        step,
        perRequest,
        freeRequests,
        perContextToken);
  }
}
