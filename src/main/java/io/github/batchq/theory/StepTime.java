package io.github.batchq.theory;

/**
 * How long a server needs for tokens when requests join and leave a running batch: a step of n
 * requests that hold K tokens in memory takes step + perRequest max(0, n - freeRequests) +
 * perContextToken K seconds; the first step of m requests with P prompt tokens takes join +
 * joinPerRequest m + prefillPerToken P more, and where that is not 0 they take it alone. All are
 * finite and at least 0.
 *
 * @param step seconds of every step
 * @param perRequest seconds of a step for each running request beyond the free ones
 * @param freeRequests number of running requests up to which a step takes no longer
 * @param perContextToken seconds of a step for each token in memory
 * @param join seconds of each step with prompts
 * @param joinPerRequest seconds for each request that joins
 * @param prefillPerToken seconds for each prompt token
 */
public record StepTime(
    double step,
    double perRequest,
    int freeRequests,
    double perContextToken,
    double join,
    double joinPerRequest,
    double prefillPerToken) {
  /** Steps of tau0 + alpha n seconds, and joining is free. */
  public static StepTime affine(double tau0, double alpha) {
    return new StepTime(tau0, alpha, 0, 0, 0, 0, 0);
  }

  /** Seconds of a step, apart from the tokens in memory. */
  double seconds(int running) {
    return step + perRequest * Math.max(0, running - freeRequests);
  }

  /** Whether a step always takes the same time and joining takes none. */
  boolean isConstant() {
    return perRequest == 0 && dependsOnNumberAlone();
  }

  /** Whether joining takes no time and a step does not depend on the tokens in memory. */
  boolean dependsOnNumberAlone() {
    return perContextToken == 0 && join == 0 && joinPerRequest == 0 && prefillPerToken == 0;
  }
}
