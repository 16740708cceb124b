package io.github.batchq.sim;

/**
 * What a server did between two changes of its running batch, as listeners see it: token steps of
 * the same requests, or a pass with prompts. The kernel uses the object again: what a listener
 * wants to keep, it copies before it returns. Times are seconds.
 */
public final class ServedSteps {
  int server;
  int running;
  int decoding;
  long steps;
  double startTime;
  double seconds;
  long memory;
  double tokenSeconds;
  double speed;

  ServedSteps() {}

  /** The server's number, from 0. */
  public int server() {
    return server;
  }

  /** Requests that held a slot, at least 1. */
  public int running() {
    return running;
  }

  /** Requests that received a token in each step; fewer than ran where prompts did not end. */
  public int decoding() {
    return decoding;
  }

  /**
   * Number of steps in which requests received tokens; 0 for a pass that ended no prompt. A step in
   * which the server failed does not count, though its time does.
   */
  public long steps() {
    return steps;
  }

  /** When the first step began, in seconds since the start of the run. */
  public double startTime() {
    return startTime;
  }

  /** How long the steps took together. */
  public double seconds() {
    return seconds;
  }

  /** Tokens in the server's memory at the end: prompts and what was generated. */
  public long memory() {
    return memory;
  }

  /**
   * Tokens in the server's memory, summed over time: what was there when a step began, times the
   * seconds of the step.
   */
  public double tokenSeconds() {
    return tokenSeconds;
  }

  /** Speed of the server. */
  public double speed() {
    return speed;
  }
}
