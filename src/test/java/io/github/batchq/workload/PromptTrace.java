package io.github.batchq.workload;

/** A trace for tests, of which only the prompts matter. */
public final class PromptTrace {
  private PromptTrace() {}

  /** Requests with these prompts, at least two. */
  public static Trace of(int... promptTokens) {
    double[] times = new double[promptTokens.length];
    times[times.length - 1] = 1;
    return new Trace(
        "prompts", times, new double[times.length], promptTokens, Trace.LengthUnit.TOKENS);
  }
}
