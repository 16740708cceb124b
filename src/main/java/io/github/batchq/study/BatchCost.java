package io.github.batchq.study;

/** What a batch costs its server, up to a factor that ratios of throughputs do not see. */
public enum BatchCost {
  /** Its longest request: a batch generates until its last request ends, whatever its size. */
  LONGEST,
  /** Its padded tokens, size times longest request: an encoder that is busy with arithmetic. */
  TOKENS;

  /** The part of one request of a batch. */
  double ofOneRequest(double longest, double batchSize) {
    return this == LONGEST ? longest / batchSize : longest;
  }
}
