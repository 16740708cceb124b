package io.github.batchq.theory;

import io.github.batchq.model.Require;

/**
 * What holds in every closed loop of N clients with mean think time Z. Little's law for the whole
 * loop is X (R + Z) = N with the throughput X and the mean time in system R (T41 of
 * docs/theory.md). So with the least mean time R0 that a request takes, and a capacity C that no
 * throughput exceeds,
 *
 * <pre>X &lt;= min(N / (R0 + Z), C),  R &gt;= max(R0, N / C - Z),</pre>
 *
 * the bounds of asymptotic analysis (T42).
 *
 * @param clients N, at least 1
 * @param think Z in seconds, at least 0 and finite
 */
public record ClosedLoop(int clients, double think) {
  private static final String BOUNDS = "T42, asymptotic bounds of a closed loop";

  public ClosedLoop {
    Require.ARGUMENT.atLeast("clients", clients, 1);
    Require.ARGUMENT.notNegativeFinite("think", think);
  }

  /**
   * An upper bound of the throughput, in requests per second.
   *
   * @param least R0 in seconds, at least 0
   * @param capacity C in requests per second, positive; infinite where none is known
   */
  public TheoryResult mostThroughput(double least, double capacity) {
    return TheoryResult.upperBound(Math.min(clients / (least + think), capacity), BOUNDS);
  }

  /**
   * A lower bound of the mean time in system, in seconds.
   *
   * @param least R0 in seconds, at least 0
   * @param capacity C in requests per second, positive; infinite where none is known
   */
  public TheoryResult leastLatency(double least, double capacity) {
    return TheoryResult.lowerBound(Math.max(least, clients / capacity - think), BOUNDS);
  }

  /** The mean time in system that goes with a throughput, by Little's law. */
  public double latency(double throughput) {
    return clients / throughput - think;
  }
}
