package io.github.batchq.policy;

/**
 * How servers serve what a policy gives them. Which kernel simulates it, what theory knows of it
 * and what its runs can tell follow from this.
 */
public sealed interface Serving {
  /**
   * Nothing but full batches of each bin, of which the one formed first is served first: theory and
   * a faster kernel know such a policy.
   *
   * @param rest what becomes of partial batches when arrivals have ended
   */
  record InFullBatches(Drain rest) implements Serving {}

  /**
   * Any other batches that hold their server until the longest request is done.
   *
   * @param leavesEarly whether a request leaves when its own tokens are done
   */
  record InBatches(boolean leavesEarly) implements Serving {}

  /**
   * Token steps: requests join and leave running batches.
   *
   * @param rules how servers take the steps
   */
  record InSteps(StepRules rules) implements Serving {}

  /** Whether batches are full. */
  default boolean inFullBatches() {
    return this instanceof InFullBatches;
  }

  /** Whether requests join and leave running batches; else a batch holds its server. */
  default boolean inSteps() {
    return this instanceof InSteps;
  }

  /** Whether a request leaves before its batch is done. */
  default boolean leavesEarly() {
    return this instanceof InBatches batches && batches.leavesEarly();
  }
}
