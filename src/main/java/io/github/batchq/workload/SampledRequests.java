package io.github.batchq.workload;

import io.github.batchq.random.Empirical;
import io.github.batchq.random.Law;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import umontreal.ssj.rng.RandomStream;

/**
 * The joint law of the prompts and the lengths of a trace: requests are drawn from it
 * independently, with replacement, so long prompts keep the answers that the trace gave to long
 * prompts. Immutable and shared by all replications.
 */
public final class SampledRequests {
  private final Trace trace;
  private final int[] byLength;
  private final Law lengths;
  private final Law prompts;

  /**
   * @param trace where requests are drawn from
   */
  public SampledRequests(Trace trace) {
    this.trace = trace;
    this.byLength =
        IntStream.range(0, trace.size())
            .boxed()
            .sorted((i, j) -> Double.compare(trace.length(i), trace.length(j)))
            .mapToInt(i -> i)
            .toArray();
    this.lengths = Empirical.of(trace.lengths(trace.size()));
    double[] tokens = new double[trace.size()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = trace.promptTokens(i);
    }
    this.prompts = Empirical.of(tokens);
  }

  /** The trace. */
  public Trace trace() {
    return trace;
  }

  /** The law of the lengths alone. */
  public Law lengths() {
    return lengths;
  }

  /** The law of the prompts alone. */
  public Law prompts() {
    return prompts;
  }

  /**
   * Places of the drawn requests in the trace. A larger random number draws a request that is not
   * shorter, as for a law.
   *
   * @param stream one number for each request
   */
  public IntSupplier rows(RandomStream stream) {
    return () -> row(stream.nextDouble());
  }

  /**
   * The place in the trace of a request.
   *
   * @param number in [0,1); a larger one is that of a request that is not shorter
   */
  public int row(double number) {
    return byLength[(int) (number * byLength.length)];
  }
}
