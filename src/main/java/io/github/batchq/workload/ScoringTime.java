package io.github.batchq.workload;

/** How long one pass takes that scores the answers of a group and generates one token. */
@FunctionalInterface
public interface ScoringTime {
  /**
   * Seconds of a pass.
   *
   * @param promptTokens tokens that it reads, at least 0
   */
  double seconds(long promptTokens);
}
