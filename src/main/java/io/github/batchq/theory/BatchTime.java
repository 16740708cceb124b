package io.github.batchq.theory;

import io.github.batchq.model.Require;

/**
 * How long a server holds a batch of b requests whose longest has length L, in seconds:
 *
 * <pre>S(b, L) = alpha + beta b + (gamma + delta b) L.</pre>
 *
 * In a batch of a given size that is affine in L, so the mean time follows from the mean of L, and
 * what alpha, beta and delta do to bins and boundaries they do through two numbers, {@link #offset}
 * and {@link #secondsPerUnit}. T33 of docs/theory.md.
 *
 * @param alpha seconds of every batch, finite, at least 0
 * @param beta seconds for each request in the batch, finite, at least 0
 * @param gamma seconds for each unit of the longest length, finite, at least 0
 * @param delta seconds for each unit of the longest length and each request in the batch, finite,
 *     at least 0; not all four are 0
 */
public record BatchTime(double alpha, double beta, double gamma, double delta) {
  /** The base paper's service: the longest length is the batch time in seconds. */
  public static final BatchTime LONGEST = new BatchTime(0, 0, 1);

  public BatchTime {
    Require.ARGUMENT.notNegativeFinite("alpha", alpha);
    Require.ARGUMENT.notNegativeFinite("beta", beta);
    Require.ARGUMENT.notNegativeFinite("gamma", gamma);
    Require.ARGUMENT.notNegativeFinite("delta", delta);
    if (alpha + beta + gamma + delta == 0) {
      throw new IllegalArgumentException("one of alpha, beta, gamma and delta must be positive");
    }
  }

  /** A unit of length takes as long in a large batch as in a small one: delta is 0. */
  public BatchTime(double alpha, double beta, double gamma) {
    this(alpha, beta, gamma, 0);
  }

  /** Seconds of a batch; being affine in the length, also mean seconds for a mean length. */
  public double seconds(int requests, double longest) {
    double perUnit = secondsPerUnit(requests);
    // No time for lengths means none even for a length that is infinite.
    return offset(requests) + (perUnit == 0 ? 0 : perUnit * longest);
  }

  /** Seconds of a batch of this size whatever its lengths, alpha + beta b. */
  public double offset(int requests) {
    return alpha + beta * requests;
  }

  /** Seconds of a batch of this size for each unit of its longest length, gamma + delta b. */
  public double secondsPerUnit(int requests) {
    return gamma + delta * requests;
  }

  /** Whether batches of longer requests take longer. */
  boolean dependsOnLength() {
    return gamma + delta > 0;
  }
}
