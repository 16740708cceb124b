package io.github.batchq.theory;

/**
 * How long a batch takes when its longest request has a given length: {@code offset +
 * secondsPerUnit * longest}.
 *
 * @param offset seconds that every batch takes, at least 0
 * @param secondsPerUnit seconds for each unit of length, positive
 */
public record ServiceScale(double offset, double secondsPerUnit) {
  /** Lengths are the service times in seconds. */
  public static final ServiceScale SECONDS = new ServiceScale(0, 1);

  /** Checks the numbers. */
  public ServiceScale {
    if (!(offset >= 0) || Double.isInfinite(offset)) {
      throw new IllegalArgumentException("offset must be at least 0 and finite, found " + offset);
    }
    if (!(secondsPerUnit > 0) || Double.isInfinite(secondsPerUnit)) {
      throw new IllegalArgumentException(
          "secondsPerUnit must be positive and finite, found " + secondsPerUnit);
    }
  }

  /** Seconds that a batch takes whose longest request has the given length. */
  public double seconds(double longest) {
    return offset + secondsPerUnit * longest;
  }
}
