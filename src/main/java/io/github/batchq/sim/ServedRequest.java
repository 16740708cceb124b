package io.github.batchq.sim;

import io.github.batchq.workload.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request on a server where requests join and leave a running batch, as listeners see it. The
 * kernel uses the object again for a later request: what a listener wants to keep, it copies before
 * it returns. Times are seconds since the start of the run.
 */
public final class ServedRequest {
  long id;
  int server;
  double arrivalTime;
  double sentTime;
  double joinTime;
  double firstTokenTime;
  double length;
  long tokens;
  int promptTokens;
  int preemptions;
  int interruptions;
  double secondsAlone;

  /** The request itself; null while the object is spare. */
  @Nullable Request request;

  /**
   * Tokens to process before it decodes: its prompt, and what a preemption made it lose; then what
   * it holds when it begins to decode.
   */
  int prefillTokens;

  /** How many of these have been processed. */
  int prefilled;

  /** How many of these need no processing since it joined. */
  int hit;

  /** Whether it has kin, so that what it finds of its prompt is counted. */
  boolean hasKin;

  /** What it finds of its prompt, where it has kin: apart, as most requests have none. */
  final PromptUse prompt = new PromptUse();

  /** Tokens that it has still to generate when it joins, then when it begins to decode. */
  long remaining;

  /** The step of its server, counted from the start of the run, that gives it its last token. */
  long lastStep;

  /** Place in the order in which requests joined its server. */
  long joined;

  ServedRequest() {}

  /** Forgets what servers have done, since the last one failed. */
  void beginAnew() {
    interruptions++;
    joinTime = Double.NaN;
    firstTokenTime = Double.NaN;
    prefillTokens = promptTokens;
    prefilled = 0;
    remaining = tokens;
  }

  /** Sequence number of its arrival, from 0. */
  public long id() {
    return id;
  }

  /** The number of the server that it joined last, from 0. */
  public int server() {
    return server;
  }

  /** When it arrived. */
  public double arrivalTime() {
    return arrivalTime;
  }

  /**
   * When its client sent it: when it arrived, unless the client held it back; NaN where no client
   * waits for answers.
   */
  public double sentTime() {
    return sentTime;
  }

  /** When it first joined the batch of a server, since the last time that its server failed. */
  public double joinTime() {
    return joinTime;
  }

  /** End of the pass that gave it its first token, that in which its prompt ended. */
  public double firstTokenTime() {
    return firstTokenTime;
  }

  /** Tokens of prompts, whenever it joined, that had to be processed or were found so. */
  public long askedTokens() {
    return hasKin ? prompt.asked : promptTokens;
  }

  /** How many of them needed no processing. */
  public long foundTokens() {
    return hasKin ? prompt.found : 0;
  }

  /** Its true length in the workload's unit. */
  public double length() {
    return length;
  }

  /** Number of tokens generated, each by a pass: its length rounded up, at least 1. */
  public long tokens() {
    return tokens;
  }

  /** Number of tokens of its prompt. */
  public int promptTokens() {
    return promptTokens;
  }

  /** How often it lost its place for want of memory. */
  public int preemptions() {
    return preemptions;
  }

  /** How often its server failed. */
  public int interruptions() {
    return interruptions;
  }

  /** What it would take alone on a server of speed 1, in seconds. */
  public double secondsAlone() {
    return secondsAlone;
  }
}
