package io.github.batchq;

import io.github.batchq.cli.SpeedScenario;
import io.github.batchq.random.Generator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per simulated request: the kernel with all metrics on, and a plain recursion over the
 * same random numbers. Quote their ratio; absolute times depend on the machine and its neighbours.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 6, time = 2)
@Fork(value = 2, jvmArgs = "-XX:+UseParallelGC")
public class KernelBenchmark {
  private static final int REQUESTS = 1_000_000;

  private final SpeedScenario scenario = new SpeedScenario(Generator.LFSR258, 1);

  /** The event kernel with every metric. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public double kernel() {
    return scenario.kernel(REQUESTS);
  }

  /** The recursion that knows this one scenario and the mean latency alone. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public double recursion() {
    return scenario.recursion(REQUESTS);
  }
}
