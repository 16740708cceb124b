package io.github.batchq.service;

import io.github.batchq.model.BatchShape;
import io.github.batchq.model.Key;
import io.github.batchq.model.Require;
import org.jspecify.annotations.Nullable;

/**
 * A batch of b requests whose longest has length L takes S(b, L) = alpha + beta b + (gamma + delta
 * b) L seconds: linear in the size of the batch, as Inoue (2021, arXiv:1912.06322) measures GPUs,
 * and in the steps of its longest request, as section 3 of arXiv:2412.04504 has it. With delta the
 * time of a step grows with the batch, tau(b) = gamma + delta b, as figure 1(a) of that paper
 * shows.
 *
 * @param alpha seconds of every batch, finite, at least 0
 * @param beta seconds for each request in the batch, finite, at least 0
 * @param gamma seconds for each unit of the longest length, finite, at least 0
 * @param delta seconds for each unit of the longest length and each request in the batch, finite,
 *     at least 0; not all four are 0
 */
public record AffineBatch(
    @Key(about = "time of every batch", unit = "s", range = "finite, at least 0", example = "0.05")
        double alpha,
    @Key(
            about = "time of each request in the batch",
            unit = "s",
            range = "finite, at least 0",
            example = "0.002")
        double beta,
    @Key(
            about = "time of each unit of the longest length",
            unit = "s",
            range = "finite, at least 0",
            example = "0.03")
        double gamma,
    @Key(
            about = "time of each unit of the longest length for each request; not all four are 0",
            unit = "s",
            range = "finite, at least 0",
            example = "0.0006")
        double delta)
    implements ServiceTimeModel {
  public AffineBatch {
    Require.ARGUMENT.notNegativeFinite("alpha", alpha);
    Require.ARGUMENT.notNegativeFinite("beta", beta);
    Require.ARGUMENT.notNegativeFinite("gamma", gamma);
    Require.ARGUMENT.notNegativeFinite("delta", delta);
    if (alpha + beta + gamma + delta == 0) {
      throw new IllegalArgumentException("one of alpha, beta, gamma and delta must be positive");
    }
  }

  @Override
  public double seconds(BatchShape batch) {
    int size = batch.size();
    return alpha + beta * size + (gamma + delta * size) * batch.longestLength();
  }

  @Override
  public AffineBatch affine() {
    return this;
  }

  @Override
  public boolean readsMembers() {
    return false;
  }

  @Override
  public double ownSeconds(BatchShape batch, double[] lengths) {
    int size = batch.size();
    return size * (alpha + beta * size) + (gamma + delta * size) * batch.totalLength();
  }

  /**
   * alpha and beta are what joining takes, gamma and delta what a step takes; null if steps take no
   * time.
   */
  @Override
  public @Nullable TokenCosts tokenCosts() {
    return gamma + delta == 0 ? null : new TokenCosts(alpha, beta, 0, gamma, delta, 0, 0);
  }
}
