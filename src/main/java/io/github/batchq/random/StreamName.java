package io.github.batchq.random;

/**
 * The sources of randomness of a run. Each has a stream of its own in every replication, so that
 * changing one (a policy's predictor, say) leaves the others' numbers as they were. New names go at
 * the end: the order fixes the numbers.
 */
public enum StreamName {
  /** Gaps between arrivals. */
  ARRIVALS(0),
  /** Lengths of requests. */
  SERVICE(1),
  /** Errors of length predictors. */
  PREDICTION(2),
  /** Prompt tokens of requests. */
  PROMPTS(3),
  /** Times that servers are up and down. */
  FAILURES(4),
  /** How long clients wait for answers, and when they send requests again. */
  PATIENCE(5),
  /** Numbers of requests that come together. */
  GROUPS(6),
  /** What the lengths of those who come together have in common. */
  SIBLINGS(7),
  /** How long clients think between the turns of conversations. */
  THINKING(8);

  /** Numbers that a replication sets aside, so that names can be added without moving streams. */
  static final int ROOM = 16;

  private final int number;

  StreamName(int number) {
    this.number = number;
  }

  /**
   * Number of the stream within a replication; fixed for ever, since it fixes the random numbers.
   */
  int number() {
    return number;
  }
}
