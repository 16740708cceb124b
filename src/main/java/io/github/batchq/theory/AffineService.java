package io.github.batchq.theory;

/**
 * How long a server holds a batch, in seconds: offset + secondsPerUnit * (longest length in the
 * batch).
 *
 * @param offset seconds that every batch of the given size costs, whatever its lengths; finite, at
 *     least 0
 * @param secondsPerUnit seconds per unit of length; positive and finite
 */
public record AffineService(double offset, double secondsPerUnit) {
  /** The base paper's service: the length is the service time in seconds. */
  public static final AffineService LENGTH = new AffineService(0, 1);

  /** Checks the parameters. */
  public AffineService {
    if (!(offset >= 0) || Double.isInfinite(offset)) {
      throw new IllegalArgumentException("offset must be finite and at least 0, found " + offset);
    }
    if (!(secondsPerUnit > 0) || Double.isInfinite(secondsPerUnit)) {
      throw new IllegalArgumentException(
          "secondsPerUnit must be positive and finite, found " + secondsPerUnit);
    }
  }

  /** Seconds for a length; being affine, also mean seconds for a mean length. */
  public double seconds(double length) {
    return offset + secondsPerUnit * length;
  }
}
