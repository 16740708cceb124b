package io.github.batchq;

import io.github.batchq.bench.SpeedScenario;
import io.github.batchq.random.Generator;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Nanoseconds per simulated request: both kernels with all metrics on, and a plain recursion over
 * the same random numbers. Quote ratios; absolute times depend on the machine and its neighbours.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-XX:+UseParallelGC", "-Xmn64m"})
public class KernelBenchmark {
  private static final int REQUESTS = 1_000_000;

  /** What makes the random numbers. */
  @Param({"LFSR258", "L64X128MIX"})
  public Generator generator = Generator.LFSR258;

  private SpeedScenario scenario = new SpeedScenario(Generator.LFSR258, 1);

  /** Takes the generator. */
  @Setup
  public void prepare() {
    scenario = new SpeedScenario(generator, 1);
  }

  /** The event kernel with every metric. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public double kernel() {
    return scenario.kernel(REQUESTS);
  }

  /** The kernel of full batches with every metric. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public double fullBatchKernel() {
    return scenario.fullBatchKernel(REQUESTS);
  }

  /** The recursion that knows this one scenario and the mean latency alone. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public double recursion() {
    return scenario.recursion(REQUESTS);
  }
}
