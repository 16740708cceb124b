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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import umontreal.ssj.rng.LFSR258;
import umontreal.ssj.rng.MRG32k3a;
import umontreal.ssj.rng.RandomStream;

/** Nanoseconds per request of the plain recursion over streams of SSJ's own classes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-XX:+UseParallelGC", "-Xmn64m"})
public class SsjBenchmark {
  private static final int REQUESTS = 1_000_000;

  private final SpeedScenario scenario = new SpeedScenario(Generator.LFSR258, 1);

  /** SSJ's LFSR258, the algorithm of batchq's default generator. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public double recursionLfsr258() {
    return recursion(new LFSR258(), new LFSR258());
  }

  /** SSJ's MRG32k3a. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public double recursionMrg32k3a() {
    return recursion(new MRG32k3a(), new MRG32k3a());
  }

  private double recursion(RandomStream arrivals, RandomStream lengths) {
    return scenario.recursion(REQUESTS, arrivals, lengths);
  }
}
