package io.github.batchq.theory;

/**
 * How long a server holds a batch of b requests, in seconds: alpha + beta * b + gamma * (longest
 * length in the batch).
 *
 * @param alpha seconds of every batch, finite, at least 0
 * @param beta seconds for each request in the batch, finite, at least 0
 * @param gamma seconds for each unit of the longest length, finite, at least 0; not all three are 0
 */
public record BatchTime(double alpha, double beta, double gamma) {
  /** The base paper's service: the longest length is the batch time in seconds. */
  public static final BatchTime LONGEST = new BatchTime(0, 0, 1);

  /** Checks the parameters. */
  public BatchTime {
    requireSeconds("alpha", alpha);
    requireSeconds("beta", beta);
    requireSeconds("gamma", gamma);
    if (alpha + beta + gamma == 0) {
      throw new IllegalArgumentException("one of alpha, beta and gamma must be positive");
    }
  }

  /** Seconds of a batch; being affine in the length, also mean seconds for a mean length. */
  public double seconds(int requests, double longest) {
    // No time for lengths means none even for a length that is infinite.
    return alpha + beta * requests + (gamma == 0 ? 0 : gamma * longest);
  }

  private static void requireSeconds(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be finite and at least 0, found " + value);
    }
  }
}
